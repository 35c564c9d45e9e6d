"""Words of a lower pack bring findings to light; they take none of the upper pack's away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assesslint.documents.draft import read_draft
from assesslint.linter.judged import judge_scheme
from assesslint.policy.rulebook import Rulebook, load_rulebook

ROOT = Path(__file__).parent.parent.parent
HUNAN = ROOT / "examples" / "packs" / "hunan"
DAY = date(2026, 11, 23)


def found(rulebook: Rulebook, text: str) -> set[tuple[str, str, str]]:
    draft = read_draft("a.txt", f"资水县2026年度考核细则\n\n一、推广（10分）\n评分标准：{text}\n".encode())
    [scheme] = draft.schemes
    reading, objections = judge_scheme(rulebook, scheme, draft.source, DAY)
    assert all(o.indicator is None or any(o.indicator is i for i in reading.facts.indicators) for o in objections)
    return {(o.rule, o.words.text, o.indicator.name if o.indicator else "") for o in objections if o.rule != "unplanned-assessment"}


def test_an_app_that_a_pack_names_is_known() -> None:
    text = "组织群众注册新湘事成，注册率达到60%得满分，每低1个百分点扣0.5分。"
    assert found(load_rulebook(), text) == set()
    assert "download-quota" in {rule for rule, _, _ in found(load_rulebook(HUNAN), text)}


def test_a_look_alike_cannot_blind_the_rules_above(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "pack.toml").write_text('id = "blind"\nversion = "1"\nextends = "central"\n', encoding="utf-8")
    (tmp_path / "lexicon" / "own.toml").write_text('[[meaning]]\nis = "none"\nwords = "激活率达到"\n', encoding="utf-8")
    text = "“干部之家”APP激活率达到50%得满分。"
    assert found(load_rulebook(tmp_path), text) >= found(load_rulebook(), text) != set()


@pytest.mark.parametrize("text", ["“干部之家”APP激活率达到50%得满分。", "档案按期归档率达到95%得满分。"])
def test_what_both_readings_find_is_told_once(text: str) -> None:
    assert found(load_rulebook(HUNAN), text) == found(load_rulebook(), text)


def test_a_kind_of_object_that_a_pack_adds_is_seen_by_the_rules_above_and_by_its_own(tmp_path: Path) -> None:
    kind = '[object_kinds.data_screen]\nunder = "platform"\nzh = "数字大屏"\nen = "data screen"\n'
    page = (ROOT / "rules" / "adoption" / "download-quota.md").read_text(encoding="utf-8").replace("download-quota", "screen-quota")
    files = {
        "pack.toml": f'id = "screens"\nversion = "1"\nextends = "central"\n{kind}',
        "lexicon/screens.toml": '[[meaning]]\nis = "object.platform"\nvariety = "data_screen"\nwords = "指挥大屏"\n',
        "adoption/screen-quota.md": page.replace("demand.object.kind in apps", "demand.object.kind is data_screen"),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    screens = load_rulebook(tmp_path)
    assert {rule for rule, _, _ in found(screens, "指挥大屏注册率达到60%得满分。")} == {"download-quota", "screen-quota"}
    assert {rule for rule, _, _ in found(screens, "“清河通”APP注册率达到60%得满分。")} == {"download-quota"}
