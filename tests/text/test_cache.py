"""What is kept between runs: for its owner alone, few files of a kind, and never more than the classes asked for."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from assesslint.text import cache


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value with nothing below it."""

    name: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Branch:
    """A value that holds others."""

    leaves: tuple[Leaf, ...]
    marks: frozenset[str]


VALUE = Branch((Leaf("甲"), Leaf("乙", Decimal("0.5"))), frozenset({"丙"}))
CLASSES = frozenset({Leaf, Branch, Decimal})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "cache"
    own.mkdir()
    monkeypatch.setattr(cache, "cache_folder", lambda: own)
    return own


def test_a_value_comes_back_as_it_was() -> None:
    cache.store("trees", "key", VALUE)
    assert cache.load("trees", "key", CLASSES) == VALUE
    assert cache.load("trees", "other", CLASSES) is None
    assert cache.load("rules", "key", CLASSES) is None


def test_what_is_kept_is_for_its_owner_alone(folder: Path) -> None:
    cache.store("trees", "key", VALUE)
    kept = folder / "trees" / "key"
    assert [path.stat().st_mode & 0o777 for path in (kept.parent, kept)] == [0o700, 0o600]
    kept.chmod(0o666)
    assert cache.load("trees", "key", CLASSES) is None


class Intruder:
    """Makes a file when it is read back."""

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path("intruder"),)


@pytest.mark.parametrize("content", [b"", b"nonsense", pickle.dumps(VALUE)[:-3], pickle.dumps(Intruder())])
def test_what_cannot_be_trusted_is_not_read(folder: Path, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cache.store("trees", "key", VALUE)
    (folder / "trees" / "key").write_bytes(content)
    assert cache.load("trees", "key", CLASSES) is None
    assert not (tmp_path / "intruder").exists()


def test_a_class_not_asked_for_is_not_made() -> None:
    cache.store("trees", "key", VALUE)
    assert cache.load("trees", "key", frozenset({Branch, Leaf})) is None


def test_nothing_happens_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for nowhere in (None, tmp_path / "file"):
        monkeypatch.setattr(cache, "cache_folder", lambda found=nowhere: found)
        cache.store("trees", "key", VALUE)
        assert cache.load("trees", "key", CLASSES) is None


def test_few_values_of_a_kind_are_kept(folder: Path) -> None:
    for number in range(cache.MOST_FILES + 3):
        cache.store("trees", f"key{number}", VALUE)
    assert len(list((folder / "trees").iterdir())) == cache.MOST_FILES


def test_a_digest_tells_names_and_contents_apart(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("甲", encoding="utf-8")
    alone = cache.digest([first, second])
    second.write_text("乙", encoding="utf-8")
    assert len({alone, cache.digest([first, second]), cache.digest([second, first]), cache.digest([first])}) == 4
