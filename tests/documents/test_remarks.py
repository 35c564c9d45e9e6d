"""What is said of printed pages: the same words of page after page are said once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assesslint.documents.model import Remark
from assesslint.documents.printed.remarks import by_runs
from assesslint.text.location import CellLocation, PageLocation


def on(page: int, words: str, last: int | None = None) -> Remark:
    return Remark("unreadable-page", words, words, PageLocation(page, (), last))


def test_a_run_of_pages_is_one_remark() -> None:
    said = [on(1, "扫描件"), on(2, "扫描件"), on(2, "图片"), on(3, "扫描件"), on(5, "扫描件"), on(6, "扫描件"), on(8, "扫描件")]
    assert by_runs(said) == [on(1, "扫描件", 3), on(2, "图片"), on(5, "扫描件", 6), on(8, "扫描件")]
    assert on(1, "扫描件", 3).location.shown("zh") == " 第1—3页"
    assert on(1, "扫描件", 3).location.shown("en") == " pages 1–3"


def test_what_is_on_no_page_stays() -> None:
    cell = Remark("hidden-text", "隐藏", "hidden", CellLocation("甲", "A1", 0, 0))
    assert by_runs([cell, cell]) == [cell, cell]


@given(said=st.lists(st.tuples(st.integers(1, 9), st.sampled_from("甲乙"))))
def test_every_page_is_told_and_no_other(said: list[tuple[int, str]]) -> None:
    pages = sorted(set(said))
    runs = [(remark.zh, remark.location) for remark in by_runs(on(page, words) for page, words in pages)]
    told = [(page, words) for words, at in runs if isinstance(at, PageLocation) for page in range(at.page, (at.last or at.page) + 1)]
    assert sorted(told) == pages
    for name in "甲乙":
        own = [at for words, at in runs if words == name and isinstance(at, PageLocation)]
        assert all((one.last or one.page) + 1 < other.page for one, other in pairwise(own))
