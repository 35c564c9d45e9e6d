"""How long fixes take: to be found, next to a check without them; to be made, each step judged again, next to a check; tracked in Word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from assesslint.documents.docx import read_docx
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.word.revisions import revise_docx
from assesslint.findings.model import Report
from assesslint.linter import check
from assesslint.linter.fixes.mend import mend
from assesslint.linter.inputs import Input
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import load_rulebook
from assesslint.reading.kept import KeptReadings
from assesslint.text.memory import collection_paused
from assesslint.text.source import Span
from tests.benchmarks.corpus import samples
from tests.documents.word_files import docx, p

SCHEMES, FAULTY = 40, 75
MOST_TO_FIND, MOST_TO_MEND, MOST_FOR_PROPOSALS, MOST_FOR_DOUBLE, MOST_TO_TRACK = 1.6, 4.0, 6.0, 2.4, 8.0
SETTINGS = Settings(as_of=date(2026, 11, 27))

FAULTS = """  指标 "应用推广{0}" 10分 {{
    度量: 激活率("干部之家", 户籍人口) >= 50%
    评分: "激活率达到50%得满分,每低1个百分点扣0.5分,末位约谈"
    佐证: 截图, 打卡记录
    后果: 排名, 问责
  }}
  指标 "事项办理{0}" 60分 {{
    评分: "群众事项按期办结率达到95%得满分，每低1个百分点扣0.5分"
    佐证: 系统数据, 打卡记录
  }}
"""


def judged(data: bytes, kept: KeptReadings | None = None) -> Report:
    return check.judge_met([Input("a.assess", None, data)], SETTINGS, load_rulebook(), kept=kept)


def mended(data: bytes, *, unsafe: bool) -> int:
    return len(mend("a.assess", data, judged, DEFAULT_LIMITS, lang="zh", unsafe=unsafe).fixed)


def seconds(work: Callable[[], object]) -> float:
    """Return the least of three times, since a busy machine only ever adds to it."""
    times = []
    for _ in range(3):
        with collection_paused():
            start = perf_counter()
            work()
            times.append(perf_counter() - start)
    return min(times)


def faulty(number: int) -> bytes:
    """Return a scheme of twice so many indicators, every second one full of faults, in groups of eight."""
    blocks = [FAULTS.format(at) for at in range(number)]
    groups = [f'类别 "第{at}类" {{\n{"".join(blocks[at : at + 4])}}}\n' for at in range(0, number, 4)]
    return f'方案 "考核细则" {{\n{"".join(groups)}}}\n'.encode()


@pytest.fixture(scope="module")
def texts() -> list[bytes]:
    return [sample.language.encode() for sample in samples(SCHEMES)]


def test_find_fixes(said: list[str], texts: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    with_fixes = seconds(lambda: [judged(text) for text in texts])
    monkeypatch.setattr(check, "propose", lambda *_: None)
    without = seconds(lambda: [judged(text) for text in texts])
    said.append(f"{'check with fixes, without':32} {with_fixes / without:9.2f} ×  (at most {MOST_TO_FIND})")
    assert with_fixes / without <= MOST_TO_FIND


@pytest.mark.parametrize(("unsafe", "most"), [(False, MOST_TO_MEND), (True, MOST_FOR_PROPOSALS)])
def test_make_fixes(benchmark: BenchmarkFixture, said: list[str], texts: list[bytes], unsafe: bool, most: float) -> None:
    one = seconds(lambda: [judged(text) for text in texts])
    with collection_paused():
        fixed = sum(benchmark.pedantic(lambda: [mended(text, unsafe=unsafe) for text in texts], rounds=2))
    ratio = benchmark.stats.stats.min / one
    name = "--fix --unsafe" if unsafe else "--fix"
    said.append(f"{name + ', of a check':32} {ratio:9.2f} ×  ({fixed} fixes in {len(texts)} drafts, at most {most})")
    assert ratio <= most


def test_time_grows_with_the_draft(said: list[str]) -> None:
    small, large = faulty(FAULTY), faulty(2 * FAULTY)
    found = seconds(lambda: judged(large)) / seconds(lambda: judged(small))
    made = seconds(lambda: mended(large, unsafe=False)) / seconds(lambda: mended(small, unsafe=False))
    said.append(f"{'find, make fixes: twice as long':32} {found:6.2f}, {made:.2f} ×  (at most {MOST_FOR_DOUBLE})")
    assert max(found, made) <= MOST_FOR_DOUBLE


def test_track_changes_in_word(said: list[str]) -> None:
    line = "评分标准：群众事项按期办结率达到95%得满分，末位约谈。"
    data = docx("".join(p(f"{number}.{line}") for number in range(1000)))
    source = read_docx("a.docx", data, DEFAULT_LIMITS).source
    starts = [stretch.end - len("，末位约谈。") for stretch in source.stretches or ()]
    edits = [(Span(start, start + len("，末位约谈")), "") for start in starts]
    read = seconds(lambda: read_docx("a.docx", data, DEFAULT_LIMITS))
    tracked = seconds(lambda: revise_docx(source, data, edits, DEFAULT_LIMITS))
    said.append(f"{'1,000 tracked changes, of reading':32} {tracked / read:9.2f} ×  (at most {MOST_TO_TRACK})")
    assert tracked / read <= MOST_TO_TRACK
