"""A draft that passes, one with a notice, one that fails, and a key: what the tests of publishing and verifying share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from assesslint.linter.settings import Settings
from assesslint.policy.envelope import sealed
from assesslint.policy.keys import key_id, new_key, public_key, secret_key
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.publication.gate import ATTESTATION, Judged, judge_paper
from assesslint.publication.statement import Files

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

DAY = date(2026, 11, 27)
SECRET, PUBLIC = new_key()
OTHER, OTHER_PUBLIC = new_key()
TRUSTED = {key_id(public_key(PUBLIC)): public_key(PUBLIC)}


@cache
def central() -> Rulebook:
    return load_rulebook()


def judged(
    text: str = GOOD, acknowledged: Mapping[str, str] | None = None, settings: Settings | None = None, name: str = "稿.assess"
) -> Judged:
    return judge_paper(name, text.encode(), settings or Settings(), central(), DAY, acknowledged or {})


def published(text: str = GOOD, acknowledged: Mapping[str, str] | None = None, secret: bytes = SECRET) -> Files:
    """Return the files of a published folder."""
    paper = judged(text, acknowledged)
    assert paper.reasons == ()
    return {**paper.files, ATTESTATION: sealed(paper.statement, secret_key(secret))}
