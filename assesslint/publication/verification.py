"""A published folder → what of it does not hold: signature, key, rules, digests, and the answer of judging the original again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assesslint import __version__
from assesslint.documents.draft import READERS
from assesslint.linter.errors import RunError
from assesslint.policy.envelope import opened, signers
from assesslint.policy.rulebook import Rulebook
from assesslint.policy.sources import SourceError
from assesslint.policy.trust import Trust
from assesslint.publication.configuration import configuration_from_json
from assesslint.publication.gate import (
    ATTESTATION,
    MOST_WAIVERS,
    ORIGINAL,
    PARENT,
    REPORT,
    SCHEME,
    Beside,
    Judged,
    judge_paper,
    waiver_name,
)
from assesslint.publication.said import Said
from assesslint.publication.shapes import fault_at
from assesslint.publication.statement import Files, attestation_schema, rules_to_json, sha256

MOST_SAID = 20
"""How many differences of one kind are told."""

ORIGINALS, PARENTS = (tuple(name + suffix for suffix in READERS) for name in (ORIGINAL, PARENT))
WAIVERS = tuple(waiver_name(number) for number in range(1, MOST_WAIVERS + 1))


@dataclass(frozen=True)
class Verdict:
    """What does not hold of a published folder, nothing when it may be relied on; then `judged` is the original judged again."""

    differences: tuple[Said, ...]
    judged: Judged | None = None
    predicate: Mapping[str, Any] = field(default_factory=dict)
    signers: tuple[str, ...] = ()


def verify_files(files: Files, trust: Trust, rulebook: Rulebook) -> Verdict:
    """Verify what a published folder holds by the publishers and approvers trusted; the rules are trusted as they are."""
    foreign = [name for name in files if name not in (SCHEME, REPORT, ATTESTATION, *ORIGINALS, *PARENTS, *WAIVERS)]
    if foreign:
        return Verdict(tuple((f"{name} 不是签发的文件", f"{name} was not published") for name in foreign[:MOST_SAID]))
    if ATTESTATION not in files:
        return Verdict(((f"没有 {ATTESTATION}，未经签发", f"there is no {ATTESTATION}: this was not published"),))
    try:
        statement = opened(files[ATTESTATION], trust.publishers, ATTESTATION, "keys trust")
    except SourceError as error:
        return Verdict(((error.zh, error.en),))
    differences = tuple(_malformed(statement)) or (*_changed(statement, files), *_other_rules(statement["predicate"], rulebook))
    return Verdict(differences) if differences else _judged_again(statement, files, trust, rulebook)


def _malformed(statement: Mapping[str, Any]) -> Iterator[Said]:
    """Yield what is wrong with the form of a statement, the first fault only."""
    at = fault_at(statement, attestation_schema())
    if at is not None:
        yield f"签名的内容不是签发的证明（“{at}”不合格式）", f"what is signed is no attestation of this kind (“{at}” is not of its form)"
        return
    try:
        date.fromisoformat(statement["predicate"]["judged_on"])
    except ValueError:
        yield "签名的内容里没有这样的日期", "what is signed names a date there is not"
    names = [subject["name"] for subject in statement["subject"]]
    originals, parents = ([name for name in names if name in known] for known in (ORIGINALS, PARENTS))
    waivers = WAIVERS[: len(statement["predicate"]["waivers"])]
    if len(originals) != 1 or len(parents) > 1 or sorted(names) != sorted([SCHEME, REPORT, *originals, *parents, *waivers]):
        yield "证明所列的文件不是一份签发的方案", "the files attested are not those of a published scheme"


def _changed(statement: Mapping[str, Any], files: Files) -> Iterator[Said]:
    """Yield each file that is not as attested."""
    attested = {subject["name"]: subject["digest"]["sha256"] for subject in statement["subject"]}
    for name in sorted({*attested, *files} - {ATTESTATION}):
        if name not in files:
            yield f"缺少 {name}", f"{name} is missing"
        elif name not in attested:
            yield f"{name} 不在证明所列的文件中", f"{name} is not among the files attested"
        elif sha256(files[name]) != attested[name]:
            yield f"{name} 不是签发的那一份（改动过，或是别的方案的）", f"{name} is not the one published: altered, or of another scheme"


def _other_rules(predicate: Mapping[str, Any], rulebook: Rulebook) -> Iterator[Said]:
    """Yield where the program and the rules it was judged by are not those at hand."""
    version = predicate["tool"]["version"]
    if version != __version__:
        yield (
            f"签发时用的是 assesslint {version}，这里是 {__version__}；请用那一版核验",
            f"it was published by assesslint {version}, this is {__version__}; verify with that version",
        )
    here = rules_to_json(rulebook)
    attested, own = ({pack["id"]: pack for pack in rules["packs"]} for rules in (predicate["rules"], here))
    if list(attested) != list(own):
        yield (
            f"签发依据的规则包是 {'、'.join(attested)}，这里信任并用来核验的是 {'、'.join(own)}；要用别的包，认可后加 --rules 规则包.zip",
            f"it was judged by the packs {', '.join(attested)}, and is verified by those trusted here, {', '.join(own)}; to use another, "
            "trust it and add --rules PACK.zip",
        )
        return
    for name, pack in attested.items():
        if pack != own[name]:
            zh = f"规则包 {name} {pack['version']} 的内容与这里信任的 {own[name]['version']} 不同"
            yield zh, f"the content of the pack {name} {pack['version']} is not that of {own[name]['version']}, which is trusted here"
    if predicate["rules"]["lexicon"] != here["lexicon"]:
        yield "签发所用的词库与这里的不同", "it was judged by another lexicon than the one here"


def _judged_again(statement: Mapping[str, Any], files: Files, trust: Trust, rulebook: Rulebook) -> Verdict:
    """Judge the original again as attested, and compare everything."""
    predicate = statement["predicate"]
    judged_on = date.fromisoformat(predicate["judged_on"])
    [original] = [name for name in files if name in ORIGINALS]
    beside = Beside(
        {each["notice"]: each["reason"] for each in predicate["acknowledged"]},
        tuple(files[name] for name in WAIVERS if name in files),
        next(((name, files[name]) for name in PARENTS if name in files), None),
    )
    try:
        settings = configuration_from_json(predicate["configuration"], judged_on)
        judged = judge_paper(original, files[original], settings, rulebook, judged_on, beside, trust.approvers)
    except RunError as error:
        return Verdict(((f"不能照证明所写的配置再检查：{error.zh}", f"it cannot be judged again as configured: {error.en}"),))
    differences = [(f"再检查一遍不能通过：{zh}", f"judged again it does not pass: {en}") for zh, en in judged.reasons]
    differences += _report_differs(files[REPORT], judged.files[REPORT])
    if files[SCHEME] != judged.files[SCHEME]:
        differences.append((f"{SCHEME} 与从原件读出的方案不同", f"{SCHEME} is not the scheme that the original holds"))
    again = _leaves(judged.statement)
    attested = _leaves(statement)
    for at in sorted({*again, *attested}):
        if not at.startswith("subject/") and again.get(at) != attested.get(at):
            differences.append(_differs(at, attested.get(at), again.get(at)))
    return Verdict(tuple(differences[:MOST_SAID]), judged, predicate, signers(files[ATTESTATION]))


def _report_differs(published: bytes, again: bytes) -> list[Said]:
    """Return which parts of the report are not as judged again."""
    if published == again:
        return []
    try:
        was, now = json.loads(published), json.loads(again)
        parts = sorted(key for key in {*was, *now} if was.get(key) != now.get(key))
    except (ValueError, TypeError, AttributeError, RecursionError):
        parts = []
    told = "、".join(parts), ", ".join(parts)
    return [
        (
            f"{REPORT} 与再检查一遍的结果不同" + (f"（{told[0]}）" if parts else ""),
            f"{REPORT} is not what judging again gives" + (f" ({told[1]})" if parts else ""),
        )
    ]


def _differs(at: str, was: object, now: object) -> Said:
    zh, en = "没有", "nothing"
    return (
        f"证明中 {at} 写的是“{zh if was is None else was}”，再检查一遍是“{zh if now is None else now}”",
        f"{at} is attested as “{en if was is None else was}”, judging again gives “{en if now is None else now}”",
    )


def _leaves(value: object, at: str = "") -> dict[str, object]:
    """Return each value that holds no others by its path; an empty object or list is one."""
    parts = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list | tuple) else ()
    inner = {path: leaf for name, part in parts for path, leaf in _leaves(part, f"{at}/{name}" if at else str(name)).items()}
    return inner or {at: value}
