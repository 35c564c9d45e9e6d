"""Work handed down → Assignment, with whose it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assesslint.reading.facts import NO_WORDS, Assignment
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import Prose
from tests.reading.drafts import draft, read, said


def assignment(actor: str, force: str = "required") -> Assignment:
    return Assignment(NO_WORDS, force, actor=actor, duty_of_issuer=True)


ASSIGNMENTS: list[tuple[str, list[tuple[str, Assignment]]]] = [
    ("行政处罚属我局法定职责，交由乡镇以自己名义办理。", [("属我局法定职责，交由", assignment("township"))]),
    ("出具居民身份证明属公安机关法定职责，由社区出具。", [("属公安机关法定职责，由社区", assignment("village"))]),
    ("经县政府同意赋权的事项由街道承接。", []),
    ("我局执法事项不得转交乡镇。", []),
    ("县住建局负责房屋安全鉴定，村（社区）配合。", []),
    ("村（社区）做好环境卫生。", []),
    ("本局审批事项由本局直接办理。", []),
]


@pytest.mark.parametrize(("text", "expected"), ASSIGNMENTS)
def test_work_handed_down(text: str, expected: list[tuple[str, Assignment]]) -> None:
    assert [said(a) for a in read(text).assignments] == expected


@pytest.mark.parametrize(
    ("text", "handed"),
    [
        ("由各村负责违建拆除，缺一户扣1分。", ["违建拆除"]),
        ("配合做好违建拆除。", []),
        ("经县政府同意，由各村负责违建拆除。", []),
        ("由各村负责环境卫生。", []),
    ],
)
def test_a_matter_of_the_schemes_own_list_of_duties(text: str, handed: list[str]) -> None:
    scheme, source = draft({"scoring": text})
    facts = read_scheme(replace(scheme, duties=(Prose("违建拆除"),)), source).facts
    assert [a.words.text for a in facts.indicators[0].assignments if a.duty_of_issuer] == handed
