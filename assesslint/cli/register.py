"""`assesslint register`: published schemes → an append-only register; what is in force, proofs of it, and an audit."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assesslint.cli.manual import Group
from assesslint.cli.options import FILE, FOLDER, Day, force_option, lang_option
from assesslint.linter.errors import RunError
from assesslint.publication.excuses import excuses_told

if TYPE_CHECKING:
    from assesslint.publication.said import Said
    from assesslint.register.record import Registration
    from assesslint.register.register import Entry, Register

FOUND = 1
"""Exit code when something does not hold."""

register_argument = click.argument("where", type=FILE, metavar="REGISTER")


@contextmanager
def register_library() -> Iterator[None]:
    """Import within it what a register needs. Raises RunError when that is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        zh = "登记簿需要另外安装数据库和加密库，请运行 pip install 'assesslint[register]'"
        raise RunError(zh, "A register needs libraries that are not installed; run pip install 'assesslint[register]'") from error


def opened(where: str, *, create: bool = False) -> Register:
    with register_library():
        from assesslint.register.register import Register
    return Register.open(where, create=create)


@click.group(cls=Group, short_help="签发方案的登记簿 / a register of published schemes")
@lang_option
def register(lang: str | None) -> None:
    """签发方案的登记簿：只能添加，谁删改过都查得出来。查今天哪些方案在生效、按哪版规则通过、谁豁免了什么。

    An append-only register of published schemes, in which every later change is found. It tells what is in force today,
    under which rules it passed, and what was waived by whom.
    """


@register.command("add", short_help="登记签发的方案 / register published schemes")
@register_argument
@click.argument("folders", nargs=-1, required=True, type=FOLDER, metavar="OUT...")
@click.option("--key", required=True, type=FILE, help="登记簿管理人的私钥 / the secret key of who keeps the register")
@click.option("--rules", "pack", type=FILE, metavar="PACK.zip", help="签发所依据的下级规则包 / the lower pack they were judged by")
@lang_option
def add(where: str, folders: tuple[str, ...], key: str, pack: str | None, lang: str | None) -> None:
    """先逐一核验，都无误才一起登记，登记后签名；登记簿还没有就新建。

    Verify the published folders, and if all hold, register them together under one signature. The register is made if need be.
    """
    from assesslint.linter.signed import read_whole

    with register_library():
        from assesslint.policy.keys import secret_key
        from assesslint.register.register import Register
    zh = lang != "en"
    secret = secret_key(read_whole(Path(key)))
    registrations = list(_verified(folders, pack, zh=zh))
    if len(registrations) < len(folders):
        click.echo("没有登记" if zh else "nothing was registered")
        sys.exit(FOUND)
    with Register.open(where, create=True) as book:
        for number, each in zip(book.add(registrations, secret), registrations, strict=True):
            names = "、".join(scheme["name"] for scheme in each.values["schemes"])
            click.echo(f"已登记《{names}》，第 {number} 项" if zh else f"registered: {names}, entry {number}")


def _verified(folders: Iterable[str], pack: str | None, *, zh: bool) -> Iterator[Registration]:
    """Yield what is to be registered of the folders that hold, and print what does not hold of the others."""
    from assesslint.linter.signed import open_signed
    from assesslint.policy.rulebook import load_rulebook
    from assesslint.policy.trust import read_trust
    from assesslint.publication.folder import read_folder
    from assesslint.publication.verification import Verdict, verify_files
    from assesslint.register.record import registration

    rulebook, trust = open_signed(pack) if pack else load_rulebook(), read_trust()
    for folder in folders:
        files, faults = read_folder(Path(folder))
        verdict = Verdict(tuple(faults)) if faults else verify_files(files, trust, rulebook)
        if verdict.differences:
            click.echo(f"{folder} 核验不符：" if zh else f"{folder} does not hold:")
            _say(verdict.differences, zh=zh)
        else:
            yield registration(verdict, files, date.today())


@register.command("list", short_help="查生效的方案 / list what is in force")
@register_argument
@click.option("--for", "unit", default="", metavar="UNIT", help="考核哪里：如 乡镇、清河县双桥镇 / whom it assesses, such as township")
@click.option("--issuer", default="", metavar="NAME", help="发布单位名称里的字 / words of the issuer's name")
@click.option("--on", type=Day(), help="哪一天生效的，默认今天 / in force on which day, today by default")
@click.option("--all", "everything", is_flag=True, help="不论是否生效，全部列出 / all, in force or not")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / form of the output")
@lang_option
def list_entries(where: str, unit: str, issuer: str, on: date | None, everything: bool, form: str, lang: str | None) -> None:
    """列出那一天生效的方案，同一方案只列最新登记的：按哪版规则通过，谁签发，谁豁免了什么、为什么。

    List the schemes in force on a day, each in its newest edition: the rules it passed, who published it, and what was
    waived by whom and why.
    """
    if everything and on is not None:
        raise click.UsageError("--all 和 --on 只能写一个 / --all and --on exclude each other")
    day = None if everything else on or date.today()
    with opened(where) as book:
        from assesslint.register.register import Filter

        entries = book.entries(Filter(on=day, unit=unit.strip(), issuer=issuer.strip()))
        if form == "json":
            _print_json(entries)
        else:
            _print(entries, day, zh=lang != "en")


def _print_json(entries: Iterable[Entry]) -> None:
    import json

    found = [{"number": each.number, "matching": list(each.matching), "record": each.values} for each in entries]
    click.echo(json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8"))


def _print(entries: Iterable[Entry], day: date | None, *, zh: bool) -> None:
    from assesslint.policy.trust import read_trust

    notes = read_trust().notes
    number = 0
    for entry in entries:
        for line in _lines(entry, day, notes, zh=zh):
            click.echo(line)
        number += len(entry.matching)
    when = "" if day is None else f"{day} 生效的" if zh else f" in force on {day}"
    click.echo(f"{when}方案 {number} 份" if zh else f"{number} scheme{'' if number == 1 else 's'}{when}")


def _lines(entry: Entry, day: date | None, notes: Mapping[str, str], *, zh: bool) -> Iterator[str]:
    """Yield what is printed of an entry: its schemes that were asked for, and how they passed."""
    values = entry.values
    for each in entry.matching:
        yield from _scheme_lines(entry.number, values["schemes"][each], zh=zh)
    rules = "、".join(f"{pack['id']} {pack['version']}" for pack in values["rules"])
    by = "、".join(f"{name[:16]} {notes.get(name, '')}".strip() for name in values["signed_by"])
    if zh:
        yield f"    按 {values['judged_on']} 有效的规定检查通过；规则 {rules}；签发密钥 {by}；登记于 {values['registered_on']}"
    else:
        judged, registered = values["judged_on"], values["registered_on"]
        yield f"    passed by what was in force on {judged}; rules {rules}; signed with {by}; registered on {registered}"
    yield from (f"    {said}" for said in excuses_told(values, day, zh=zh))


def _scheme_lines(number: int, scheme: Mapping[str, Any], *, zh: bool) -> Iterator[str]:
    from assesslint.scheme.vocabulary import central_vocabulary

    units = [central_vocabulary().name("audience", kind, "zh" if zh else "en") for kind in scheme["audience"]]
    audience = ("、" if zh else ", ").join(units) or ("未写明" if zh else "not told")
    first, last = scheme["first"], scheme["last"]
    if zh:
        yield f"第 {number} 项  《{scheme['name']}》  {scheme['issuer'] or '未写明发布单位'}"
        yield f"    {first} 起{f'至 {last}' if last else ''}；对象 {audience}；指标 {scheme['indicators']} 项"
    else:
        yield f"entry {number}  {scheme['name']}  {scheme['issuer'] or 'no issuer told'}"
        yield f"    from {first}{f' to {last}' if last else ''}; assesses {audience}; {scheme['indicators']} indicators"


@register.command("prove", short_help="开登记证明 / prove that something is registered")
@register_argument
@click.argument("which", metavar="NUMBER|OUT")
@click.option("-o", "--out", required=True, type=FILE, metavar="FILE", help="写到哪里 / where to write")
@force_option
@lang_option
def prove(where: str, which: str, out: str, force: bool, lang: str | None) -> None:
    """写出一份登记证明：按编号，或按签发的文件夹。拿到的人用 assesslint verify 签发 --proof 证明 不联网核验。

    Write the proof that an entry, or a published folder, is registered; whoever gets it checks it offline with
    assesslint verify OUT --proof FILE.
    """
    from assesslint.cli.outputs import Output, Replacing

    output = Output(out, [where] if "://" not in where else [], is_folder=False, replacing=Replacing(force=force))
    with opened(where) as book:
        from assesslint.register.proofs import proof_of

        number = int(which) if which.isascii() and which.isdigit() else _number_of(book, which)
        data = proof_of(book, number)
    output.write(output.name_for(out), data)
    click.echo(f"已写出第 {number} 项的登记证明 {out}" if lang != "en" else f"proof of entry {number} written: {out}")


def _number_of(book: Register, folder: str) -> int:
    """Return the number of a published folder's entry. Raises RunError where it has none."""
    from assesslint.publication.folder import read_folder
    from assesslint.publication.gate import ATTESTATION

    files, _ = read_folder(Path(folder))
    number = book.number_of(files.get(ATTESTATION, b""))
    if number is None:
        raise RunError(f"{folder} 没有登记过", f"{folder} is not registered")
    return number


@register.command("audit", short_help="查登记簿有没有被改动 / find what was changed in a register")
@register_argument
@click.option("--since", type=FILE, metavar="PROOF", help="以前的证明：那以后有没有删掉的 / an earlier proof: was anything taken away")
@lang_option
def audit(where: str, since: str | None, lang: str | None) -> None:
    """把每一项重新算一遍，与管理人签过的状态比对：删去、改动、调换次序的，说明是第几项。

    Compute every entry anew and compare with what the keeper signed: what was deleted, changed or moved is named.
    """
    from assesslint.linter.signed import read_whole
    from assesslint.policy.trust import read_trust

    zh = lang != "en"
    number = 0
    with opened(where) as book:
        from assesslint.register.proofs import proved

        trusted = read_trust().registers
        earlier = proved(read_whole(Path(since)), trusted, since).head if since else None
        for fault in book.audit(trusted, earlier):
            if not number:
                click.echo("登记簿有改动：" if zh else "The register was changed:")
            _say([fault], zh=zh)
            number += 1
        size = len(book)
    if not number:
        entries = "1 entry" if size == 1 else f"{size} entries"
        click.echo(f"登记簿无改动，共 {size} 项" if zh else f"the register is as it was signed ({entries})")
    sys.exit(FOUND if number else 0)


def _say(said: Iterable[Said], *, zh: bool) -> None:
    for each in said:
        click.echo(f"  {each[0] if zh else each[1]}")
