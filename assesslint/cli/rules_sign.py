"""`assesslint rules sign` makes a signed pack, `rules trust` records whose packs this user trusts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import FILE, FOLDER, force_option, lang_option
from assesslint.cli.signatures import library, named_key, noted, one_of, recording, show_trusted
from assesslint.linter.errors import RunError

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
    from assesslint.linter.signed import read_whole

    with library():
        from assesslint.policy.keys import secret_key
        from assesslint.policy.signing import sign_pack
    if not Path(folder).is_dir():
        raise RunError(f"没有规则文件夹 {folder}", f"There is no folder of rules {folder}")
    output = Output(out, [folder], is_folder=False, replacing=Replacing(force=force))
    output.protect([key])
    data = sign_pack(Path(folder), secret_key(read_whole(Path(key))))
    output.write(output.name_for(folder), data)
    digest = hashlib.sha256(data).hexdigest()
    click.echo(f"写出 {out}\nsha256={digest}" if lang != "en" else f"{out} written\nsha256={digest}")


@click.command("trust", cls=Command, short_help="认可公钥或规则包 / trust a key or a pack")
@click.argument("file", required=False, type=FILE, metavar="[KEYFILE|PACK.zip]")
@click.option("--forget", metavar="ID", help="不再认可：写出开头几位即可 / trust no longer; its first digits will do")
@lang_option
def trust(file: str | None, forget: str | None, lang: str | None) -> None:
    """认可一个公钥（它签的规则包都可用），或一个规则包（只认这一份）；不写文件就列出已认可的。

    Trust a public key, and so every pack it signs, or one pack as it is. Without a file, list what is trusted.
    """
    from assesslint.linter.signed import read_whole
    from assesslint.policy.trust import read_trust, write_trust

    with recording():
        known = read_trust()
        if forget is not None:
            write_trust(_without(known, forget))
        elif file is not None and file.lower().endswith(".zip"):
            digest = hashlib.sha256(read_whole(Path(file))).hexdigest()
            write_trust(replace(known, packs=known.packs | {digest}, notes={**known.notes, digest: Path(file).name}))
        elif file is not None:
            name, public = named_key(file)
            write_trust(replace(known, keys={**known.keys, name: public}, notes={**known.notes, name: Path(file).name}))
        known = read_trust()
    trusted = noted(known.keys, known.notes), noted(known.packs, known.notes)
    if lang != "en":
        show_trusted(dict(zip(("公钥", "规则包"), trusted, strict=True)), "还没有认可任何公钥或规则包")
    else:
        show_trusted(dict(zip(("key ", "pack"), trusted, strict=True)), "nothing is trusted yet")


def _without(known: Trust, start: str) -> Trust:
    """Return what is trusted but for the one key or pack whose id begins so. Raises RunError when that is none, or several."""
    gone = one_of((*known.keys, *known.packs), start)
    return replace(known, keys={name: public for name, public in known.keys.items() if name != gone}, packs=known.packs - {gone})
