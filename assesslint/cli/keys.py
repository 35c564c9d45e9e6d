"""`assesslint keys`: a key to sign with, and whose signatures under published schemes this user trusts."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from assesslint.cli.manual import Group
from assesslint.cli.options import FILE, FOLDER, lang_option

SECRET, PUBLIC = "signing-key.pem", "signing-key.pub.pem"


@click.group(cls=Group, short_help="签名用的密钥 / keys to sign with")
@lang_option
def keys(lang: str | None) -> None:
    """签名用的密钥。

    Keys to sign with.
    """


@keys.command("new", short_help="新建密钥 / make a key")
@click.option("--out", required=True, type=FOLDER, help="放在哪个文件夹 / folder to put it in")
@lang_option
def new(out: str, lang: str | None) -> None:
    """新建一对 Ed25519 密钥：私钥自己保管，公钥交给要核验签名的单位。已有的不覆盖。

    Make an Ed25519 key: keep the secret half, give the public half to those who are to trust it. Nothing is written over.
    """
    from assesslint.linter.errors import RunError
    from assesslint.linter.signed import NO_LIBRARY

    try:
        from assesslint.policy.keys import new_key
    except ModuleNotFoundError as error:
        raise RunError(*NO_LIBRARY) from error
    folder = Path(out)
    secret, public = new_key()
    try:
        folder.mkdir(exist_ok=True)
        if (folder / PUBLIC).exists():
            raise FileExistsError
        _write_new(folder / SECRET, secret, 0o600)
        _write_new(folder / PUBLIC, public, 0o644)
    except FileExistsError as error:
        raise RunError(f"{folder} 里已有密钥，没有覆盖", f"{folder} holds a key already; nothing was written over") from error
    except OSError as error:
        what = error.strerror or type(error).__name__
        raise RunError(f"没有写出密钥：{what}", f"The key was not written: {what}") from error
    if lang != "en":
        click.echo(f"私钥 {folder / SECRET}(没有口令，请妥善保管，不要和签名的文件放在一起)\n公钥 {folder / PUBLIC}")
    else:
        click.echo(f"secret key {folder / SECRET} (no passphrase: keep it safe, not with what it signs)\npublic key {folder / PUBLIC}")


def _write_new(path: Path, data: bytes, mode: int) -> None:
    """Write a file that is not there yet, readable from the start by those only who may."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)


@keys.command("trust", short_help="认可签发单位的公钥 / trust a publisher's key")
@click.argument("file", required=False, type=FILE, metavar="[KEYFILE]")
@click.option("--forget", metavar="ID", help="不再认可：写出开头几位即可 / trust no longer; its first digits will do")
@lang_option
def trust(file: str | None, forget: str | None, lang: str | None) -> None:
    """认可一个签发单位的公钥：assesslint verify 采信它签发的方案。认可规则包用 assesslint rules trust。

    Trust the key of who publishes schemes, for assesslint verify. For packs of rules there is assesslint rules trust.
    """
    from assesslint.linter.errors import RunError
    from assesslint.linter.signed import NO_LIBRARY, read_whole
    from assesslint.policy.sources import SourceError
    from assesslint.policy.trust import read_trust, write_trust

    if (file is None) == (forget is None):
        raise click.UsageError("写一个公钥文件，或用 --forget 写不再认可的 / name a key file, or --forget one")
    try:
        known = read_trust()
        if forget is not None:
            found = [name for name in known.publishers if forget and name.startswith(forget.lower())]
            if len(found) != 1:
                zh, en = f"以“{forget}”开头的有 {len(found)} 个，请写明一个", f"“{forget}” begins {len(found)} of them; name one"
                raise RunError(zh, en)
            write_trust(replace(known, publishers={name: public for name, public in known.publishers.items() if name not in found}))
        elif file is not None:
            from assesslint.policy.keys import key_id, public_key

            public = public_key(read_whole(Path(file)))
            publishers, notes = {**known.publishers, key_id(public): public}, {**known.notes, key_id(public): Path(file).name}
            write_trust(replace(known, publishers=publishers, notes=notes))
    except SourceError as error:
        raise RunError(error.zh, error.en) from error
    except ModuleNotFoundError as error:
        raise RunError(*NO_LIBRARY) from error
    except OSError as error:
        what = error.strerror or type(error).__name__
        raise RunError(f"没有记下：{what}", f"It was not recorded: {what}") from error
    _list(lang)


@keys.command("list", short_help="列出已认可的公钥 / list the keys trusted")
@lang_option
def list_keys(lang: str | None) -> None:
    """列出已认可的公钥：签发方案的，和签规则包的。

    List the public keys trusted: those of publishers, and those for packs of rules.
    """
    _list(lang)


def _list(lang: str | None) -> None:
    """Print the keys that are trusted, and for what. Raises RunError when the list is damaged."""
    from assesslint.linter.errors import RunError
    from assesslint.policy.sources import SourceError
    from assesslint.policy.trust import read_trust

    zh = lang != "en"
    try:
        known = read_trust()
    except SourceError as error:
        raise RunError(error.zh, error.en) from error
    for name in sorted(known.publishers):
        click.echo(f"{'签发方案' if zh else 'schemes'}  {name}  {known.notes.get(name, '')}")
    for name in sorted(known.keys):
        click.echo(f"{'规则包' if zh else 'packs  '}  {name}  {known.notes.get(name, '')}")
    if not known.publishers and not known.keys:
        click.echo("还没有认可任何公钥" if zh else "no key is trusted yet")
