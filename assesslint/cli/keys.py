"""`assesslint keys`: a key to sign with, and whose signatures under published schemes and waivers this user trusts."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assesslint.cli.manual import Group
from assesslint.cli.options import FILE, FOLDER, RULES, lang_option, listed
from assesslint.cli.signatures import library, named_key, noted, one_of, recording, show_trusted
from assesslint.linter.errors import RunError
from assesslint.text.system_errors import why_refused

if TYPE_CHECKING:
    from assesslint.policy.trust import Trust

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
    with library():
        from assesslint.policy.keys import new_key
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
        why = why_refused(error)
        raise RunError(f"没有写出密钥：{why[0]}", f"The key was not written: {why[1]}") from error
    if lang != "en":
        click.echo(f"私钥 {folder / SECRET}（没有口令，请妥善保管，不要和签名的文件放在一起）\n公钥 {folder / PUBLIC}")
    else:
        click.echo(f"secret key {folder / SECRET} (no passphrase: keep it safe, not with what it signs)\npublic key {folder / PUBLIC}")


def _write_new(path: Path, data: bytes, mode: int) -> None:
    """Write a file that is not there yet, readable from the start by those only who may."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)


@keys.command("trust", short_help="认可签发、批准单位的公钥 / trust the key of a publisher or approver")
@click.argument("file", required=False, type=FILE, metavar="[KEYFILE]")
@click.option(
    "--for", "purpose", type=click.Choice(["schemes", "waivers", "register"]), default="schemes", help="认可它签什么 / what it may sign"
)
@click.option("--name", metavar="NAME", help="批准豁免的单位名称 / who approves waivers with it")
@click.option("--rules", "waivable", multiple=True, type=RULES, help="可豁免哪些规则或类别 / rules and families it may waive")
@click.option("--forget", metavar="ID", help="不再认可：写出开头几位即可 / trust no longer; its first digits will do")
@lang_option
def trust(file: str | None, purpose: str, name: str | None, waivable: tuple[str, ...], forget: str | None, lang: str | None) -> None:
    """认可一个单位的公钥：assesslint verify 采信它签发的方案、（--for waivers）它批准的豁免，或（--for register）它管的登记簿。认可规则包用
    assesslint rules trust。

    Trust the key of who publishes schemes, approves waivers of some rules (--for waivers) or keeps a register (--for register).
    For packs of rules there is assesslint rules trust.
    """
    from assesslint.policy.trust import read_trust, write_trust

    if (file is None) == (forget is None):
        raise click.UsageError("写一个公钥文件，或用 --forget 写不再认可的 / name a key file, or --forget one")
    rules = listed(waivable) or []
    if file is not None and (purpose == "waivers") != bool(name and name.strip() and rules):
        raise click.UsageError(
            "--for waivers 要写明 --name 单位名称 和 --rules 规则，别的不写 / --for waivers, and nothing else, needs --name and --rules"
        )
    with recording():
        known = read_trust()
        if forget is not None:
            write_trust(_without(known, forget))
        elif file is not None:
            write_trust(_with(known, file, purpose, (name or "").strip(), frozenset(rules)))
    _list(lang)


def _with(known: Trust, file: str, purpose: str, approver: str, rules: frozenset[str]) -> Trust:
    """Return what is trusted with one more key: for schemes, for a register, or of an approver for waivers of rules.

    Raises SourceError for a file that is no key, and RunError for a name that is near that of a rule and none.
    """
    from assesslint.linter.selection import unknown_rule
    from assesslint.policy.names import family_names, rule_names
    from assesslint.policy.trust import Approver
    from assesslint.text.resources import resource
    from assesslint.text.suggest import suggest

    key, public = named_key(file)
    known = replace(known, notes={**known.notes, key: Path(file).name})
    if purpose == "schemes":
        return replace(known, publishers={**known.publishers, key: public})
    if purpose == "register":
        return replace(known, registers={**known.registers, key: public})
    central = {**rule_names(resource("rules"), "zh"), **family_names(resource("rules"), "zh")}
    for name in sorted(rules - central.keys()):  # a lower pack has rules of its own
        if suggest(name, central):
            raise unknown_rule(name, central)
    return replace(known, approvers={**known.approvers, key: Approver(public, approver, rules)})


def _without(known: Trust, start: str) -> Trust:
    """Return what is trusted but for the one key whose id begins so. Raises RunError when that is none, or several."""
    gone = one_of({**known.publishers, **known.approvers, **known.registers}, start)
    return replace(
        known,
        publishers={name: public for name, public in known.publishers.items() if name != gone},
        approvers={name: approver for name, approver in known.approvers.items() if name != gone},
        registers={name: public for name, public in known.registers.items() if name != gone},
    )


@keys.command("list", short_help="列出已认可的公钥 / list the keys trusted")
@lang_option
def list_keys(lang: str | None) -> None:
    """列出已认可的公钥：签发方案的，批准豁免的，管登记簿的，和签规则包的。

    List the public keys trusted: of publishers, approvers of waivers, keepers of registers, and those for packs of rules.
    """
    _list(lang)


def _list(lang: str | None) -> None:
    """Print the keys that are trusted, and for what. Raises SourceError when the list is damaged."""
    from assesslint.policy.trust import read_trust

    zh = lang != "en"
    known = read_trust()
    parting, colon = ("、", "：") if zh else (", ", ": ")
    rights = {name: f"{approver.name}{colon}{parting.join(sorted(approver.rules))}" for name, approver in known.approvers.items()}
    kinds = ("签发方案", "批准豁免", "登记簿", "规则包") if zh else ("schemes", "waivers", "register", "packs  ")
    publishers, registers, packs = (noted(names, known.notes) for names in (known.publishers, known.registers, known.keys))
    listed = dict(zip(kinds, (publishers, rights, registers, packs), strict=True))
    show_trusted(listed, "还没有认可任何公钥" if zh else "no key is trusted yet")
