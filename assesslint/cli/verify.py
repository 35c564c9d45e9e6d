"""`assesslint verify OUT`: a published folder → whether it may be relied on, and what does not hold if not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import DRAFT, FILE, FOLDER, lang_option
from assesslint.cli.paper import told_of
from assesslint.cli.signatures import library

if TYPE_CHECKING:
    from assesslint.policy.trust import Trust
    from assesslint.publication.gate import Judged
    from assesslint.publication.said import Said
    from assesslint.publication.statement import Files
    from assesslint.scheme.model import Scheme

DIFFERS = 1


@click.command(cls=Command, short_help="核验签发的方案 / verify a published scheme")
@click.argument("folder", type=FOLDER, metavar="OUT")
@click.option("--rules", "pack", type=FILE, metavar="PACK.zip", help="签发所依据的下级规则包 / the lower pack it was judged by")
@click.option("--issued", type=DRAFT, help="比对最后印发的文件 / compare with the paper finally issued")
@click.option("--proof", type=FILE, help="登记证明：核验它登记过 / a proof that it was registered")
@lang_option
def verify(folder: str, pack: str | None, issued: str | None, proof: str | None, lang: str | None) -> None:
    """核验 assesslint publish 写出的文件夹：签名、密钥、规则、每个文件，并把原件再检查一遍。不用联网。

    Verify a folder that assesslint publish wrote: signature, key, rules and every file, judging the original again. Offline.
    """
    from assesslint.linter.signed import open_signed
    from assesslint.policy.rulebook import load_rulebook
    from assesslint.policy.trust import read_trust

    with library():
        from assesslint.publication.folder import read_folder
        from assesslint.publication.issued import issued_otherwise
        from assesslint.publication.verification import Verdict, verify_files
    rulebook = open_signed(pack) if pack else load_rulebook()
    trust = read_trust()
    files, faults = read_folder(Path(folder))
    verdict = Verdict(tuple(faults)) if faults else verify_files(files, trust, rulebook)
    zh = lang != "en"
    _list("核验不符：" if zh else "It does not hold:", verdict.differences, zh=zh)
    otherwise: list[Said] = []
    if verdict.judged is not None:
        if not verdict.differences:
            _tell(verdict.judged, {name: trust.notes.get(name, "") for name in verdict.signers}, zh=zh)
        if issued:
            otherwise = list(issued_otherwise(verdict.judged.schemes, _issued(issued, lang or "zh")))
            _list("与印发稿不同：" if zh else "The issued paper differs:", otherwise, zh=zh)
            if not otherwise:
                click.echo("印发稿的指标与签发的相同" if zh else "The indicators of the issued paper are those published")
    registered = proof is None or _is_registered(files, proof, trust, zh=zh)
    sys.exit(0 if registered and not (verdict.differences or otherwise) else DIFFERS)


def _is_registered(files: Files, file: str, trust: Trust, *, zh: bool) -> bool:
    """Print whether a proof shows that a published folder was registered, and return it."""
    from assesslint.cli.register import register_library
    from assesslint.linter.signed import read_whole
    from assesslint.policy.sources import SourceError
    from assesslint.publication.gate import ATTESTATION

    with register_library():
        from assesslint.register.proofs import proved, proves
    data = read_whole(Path(file))
    try:
        proof = proved(data, trust.registers, file)
    except SourceError as error:
        click.echo(error.zh if zh else error.en)
        return False
    if not proves(proof, files.get(ATTESTATION, b"")):
        click.echo(f"{file} 是另一份方案的登记证明" if zh else f"{file} is the proof of another paper")
        return False
    day, register = proof.record["registered_on"], proof.head.register[:16]
    zh_said = f"登记无误：{day} 登记，登记簿 {register} 第 {proof.number} 项"
    click.echo(zh_said if zh else f"it was registered on {day}, as entry {proof.number} of the register {register}")
    return True


def _tell(judged: Judged, signers: dict[str, str], *, zh: bool) -> None:
    """Print what was verified, and whatever its reader must know of how it passed."""
    report = judged.report
    names = "、".join(scheme.name for draft in report.drafts for scheme in draft.schemes)
    by = "、".join(f"{name[:16]} {note}".strip() for name, note in signers.items())
    if zh:
        click.echo(f"核验无误：《{names}》\n  按 {report.judged_on} 有效的规定检查通过；规则 {report.rules_title}\n  签发密钥 {by}")
    else:
        click.echo(f"It holds: {names}\n  passed by what was in force on {report.judged_on}; {report.rules_title}\n  signed with {by}")
    for said in told_of(judged, "zh" if zh else "en"):
        click.echo(f"  {said}")


def _list(title: str, said: tuple[Said, ...] | list[Said], *, zh: bool) -> None:
    if said:
        click.echo("\n".join([title, *(f"  {each[0] if zh else each[1]}" for each in said)]))


def _issued(path: str, lang: str) -> tuple[Scheme, ...]:
    """Return the schemes of the paper issued. Raises RunError when it cannot be read or holds none."""
    from assesslint.documents.draft import read_draft
    from assesslint.documents.limits import DEFAULT_LIMITS
    from assesslint.findings.model import Finding
    from assesslint.linter.errors import RunError
    from assesslint.linter.inputs import Input, read_bytes

    data = read_bytes(Input(path, Path(path)), DEFAULT_LIMITS.max_bytes, lang)
    if isinstance(data, Finding):
        raise RunError(f"{path}：{data.message}", f"{path}: {data.message}")
    schemes = read_draft(path, data, lang).schemes
    if not any(leaf.kind != "provision" for scheme in schemes for _, leaf in scheme.indicators()):
        raise RunError(f"印发稿 {path} 里没有读出指标，无法比对", f"No indicator was read in the issued paper {path}")
    return schemes
