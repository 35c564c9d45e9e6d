"""`assesslint rules sign` makes a signed pack, `rules trust` records whose packs this user trusts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import FILE, FOLDER, force_option, lang_option

if TYPE_CHECKING:
    from assesslint.policy.trust import Trust


@click.command("sign", cls=Command, short_help="打包并签名 / pack and sign")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--key", required=True, type=FILE, help="私钥文件 / file of the secret key")
@click.option("-o", "--out", required=True, type=FILE, metavar="PACK.zip", help="写到哪里 / where to write")
@force_option
@lang_option
def sign(folder: str, key: str, out: str, force: bool, lang: str | None) -> None:
    """把规则文件夹打成一个签名的 zip。同样的文件和密钥，打出的包逐字节相同。

    Pack a folder of rules into one signed zip. The same files and key give the same bytes.
    """
    from assesslint.cli.outputs import Output, Replacing
    from assesslint.linter.errors import RunError
    from assesslint.linter.signed import NO_LIBRARY, read_whole
    from assesslint.policy.sources import SourceError

    try:
        from assesslint.policy.keys import secret_key
        from assesslint.policy.signing import sign_pack
    except ModuleNotFoundError as error:
        raise RunError(*NO_LIBRARY) from error
    if not Path(folder).is_dir():
        raise RunError(f"没有规则文件夹 {folder}", f"There is no folder of rules {folder}")
    output = Output(out, [folder], is_folder=False, replacing=Replacing(force=force))
    output.protect([key])
    try:
        data = sign_pack(Path(folder), secret_key(read_whole(Path(key))))
    except SourceError as error:
        raise RunError(error.zh, error.en) from error
    output.write(output.name_for(folder), data)
    digest = hashlib.sha256(data).hexdigest()
    click.echo(f"写出 {out}\nsha256={digest}" if lang != "en" else f"{out} written\nsha256={digest}")


@click.command("trust", cls=Command, short_help="认可公钥或规则包 / trust a key or a pack")
@click.argument("file", required=False, type=FILE, metavar="[KEYFILE|PACK.zip]")
@click.option("--forget", metavar="ID", help="不再认可：写出开头几位即可 / trust no longer; its first digits will do")
@lang_option
def trust(file: str | None, forget: str | None, lang: str | None) -> None:
    """认可一个公钥(它签的规则包都可用)，或一个规则包(只认这一份)；不写文件就列出已认可的。

    Trust a public key, and so every pack it signs, or one pack as it is. Without a file, list what is trusted.
    """
    from assesslint.linter.errors import RunError
    from assesslint.linter.signed import NO_LIBRARY, read_whole
    from assesslint.policy.sources import SourceError
    from assesslint.policy.trust import read_trust, write_trust

    zh = lang != "en"
    try:
        known = read_trust()
        if forget is not None:
            write_trust(_without(known, forget))
        elif file is not None and file.lower().endswith(".zip"):
            digest = hashlib.sha256(read_whole(Path(file))).hexdigest()
            write_trust(replace(known, packs=known.packs | {digest}, notes={**known.notes, digest: Path(file).name}))
        elif file is not None:
            from assesslint.policy.keys import key_id, public_key

            public = public_key(read_whole(Path(file)))
            name = key_id(public)
            write_trust(replace(known, keys={**known.keys, name: public}, notes={**known.notes, name: Path(file).name}))
        known = read_trust()
    except SourceError as error:
        raise RunError(error.zh, error.en) from error
    except ModuleNotFoundError as error:
        raise RunError(*NO_LIBRARY) from error
    except OSError as error:
        what = error.strerror or type(error).__name__
        raise RunError(f"没有记下：{what}", f"It was not recorded: {what}") from error
    for name in sorted(known.keys):
        click.echo(f"{'公钥' if zh else 'key '}  {name}  {known.notes.get(name, '')}")
    for name in sorted(known.packs):
        click.echo(f"{'规则包' if zh else 'pack'}  {name}  {known.notes.get(name, '')}")
    if not known.keys and not known.packs:
        click.echo("还没有认可任何公钥或规则包" if zh else "nothing is trusted yet")


def _without(known: Trust, start: str) -> Trust:
    """Return what is trusted but for the one key or pack whose id begins so. Raises RunError when that is none, or several."""
    from assesslint.linter.errors import RunError

    found = [name for name in (*known.keys, *known.packs) if start and name.startswith(start.lower())]
    if len(found) != 1:
        raise RunError(f"以“{start}”开头的有 {len(found)} 个，请写明一个", f"“{start}” begins {len(found)} of them; name one")
    return replace(
        known,
        keys={name: public for name, public in known.keys.items() if name not in found},
        packs=known.packs - {*found},
    )
