"""Drafts that pass, one with a notice, one with a waiver, one that fails, and keys: what the tests of publishing and verifying share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from assesslint.linter.settings import Settings
from assesslint.policy.envelope import sealed
from assesslint.policy.keys import key_id, new_key, public_key, secret_key
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.policy.trust import Approver, Trust
from assesslint.publication.gate import ATTESTATION, Beside, Judged, judge_paper
from assesslint.publication.statement import Files
from assesslint.publication.waivers import waiver_statement

GOOD = """方案 "数字政务考核细则" {
  发布单位: "清河县大数据局"
  总分: 100
  依据: "列入2026年度督查检查考核计划第12项"
  征求意见: 2025-12-05 至 2025-12-20, "23个乡镇"
  指标 "事项办理" 60分 {
    评分: "群众诉求按期办结率达到95%得满分，每低1个百分点扣1分"
    佐证: 系统数据, 第三方测评
  }
  指标 "材料免交" 40分 {
    评分: "凡能共享的材料不再要求提交，现场抽查发现一件扣2分"
    佐证: 现场核查
  }
}
"""
ZERO_WIDTH = "\u200b"
NOTICED = GOOD.replace("群众诉求", f"群众{ZERO_WIDTH}诉求")
NOTICE = "hidden-characters@7:12"
BAD = GOOD.replace("群众诉求按期办结率达到95%", "“清河办”APP注册率达到80%")

WAIVED = NOTICED.replace("扣1分", "扣1分，工作人员每日手机打卡，缺一次扣0.1分").replace("  总分", '  上级方案: "省级考核细则"\n  总分', 1)
"""One with a finding that is waived, and a superior's scheme."""
WAIVED_NOTICE = "hidden-characters@8:12"
RULE = "check-in"
APPROVER = "清河县减负办"
SUPERIOR = GOOD.replace("数字政务考核细则", "省级考核细则").replace("清河县大数据局", "省大数据局")

DAY = date(2026, 11, 27)
SECRET, PUBLIC = new_key()
OTHER, OTHER_PUBLIC = new_key()
APPROVING, APPROVING_PUBLIC = new_key()


def known(pem: bytes) -> dict[str, bytes]:
    return {key_id(public_key(pem)): public_key(pem)}


TRUSTED = known(PUBLIC)
APPROVERS = {name: Approver(public, APPROVER, frozenset({RULE})) for name, public in known(APPROVING_PUBLIC).items()}
TRUST = Trust(publishers=TRUSTED, approvers=APPROVERS)


@cache
def central() -> Rulebook:
    return load_rulebook()


def judged(
    text: str = GOOD,
    acknowledged: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    name: str = "稿.assess",
    waivers: Sequence[bytes] = (),
    parent: str = "",
    approvers: Mapping[str, Approver] = APPROVERS,
    day: date = DAY,
) -> Judged:
    superior = ("上级.assess", parent.encode()) if parent else None
    beside = Beside(acknowledged or {}, tuple(waivers), superior)
    return judge_paper(name, text.encode(), settings or Settings(), central(), day, beside, approvers)


def waiver(
    text: str = WAIVED,
    rule: str = RULE,
    reason: str = "防汛值守",
    approver: str = APPROVER,
    until: date = DAY,
    secret: bytes = APPROVING,
) -> bytes:
    """Return a signed waiver of what a rule objects to in a draft."""
    finding = next(finding for finding in judged(text).report.findings if finding.rule == rule)
    return sealed(waiver_statement(finding, reason, approver, until), secret_key(secret))


def published(
    text: str = GOOD, acknowledged: Mapping[str, str] | None = None, secret: bytes = SECRET, waivers: Sequence[bytes] = (), parent: str = ""
) -> Files:
    """Return the files of a published folder."""
    paper = judged(text, acknowledged, waivers=waivers, parent=parent)
    assert paper.reasons == ()
    return {**paper.files, ATTESTATION: sealed(paper.statement, secret_key(secret))}
