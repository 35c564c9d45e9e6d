"""Configuration files: what they say, where they are looked for, and what is said of a faulty one."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from assesslint.documents.limits import Limits
from assesslint.linter.configuration import find_configuration, read_configuration
from assesslint.linter.configuration_model import Configuration
from assesslint.linter.errors import RunError
from assesslint.linter.selection import choose_rules
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import load_rulebook
from assesslint.text.resources import resource

DOCUMENTED = Path(__file__).parents[2] / "docs" / "configuration.md"
WHOLE = """
select = ["adoption", "check-in"]
ignore = ["follow-quota"]
fail-on = "warning"
as-of = 2026-11-23
lang = "en"
exclude = ["archive"]
waivers = "waivers.toml"
rules = "our-rules"

[severity]
check-in = "error"

[parameters.excessive-frequency]
shortest = 31

[limits]
max-bytes = 1000
"""


def write(folder: Path, text: str, name: str = "assesslint.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_every_key_is_read(tmp_path: Path) -> None:
    file = write(tmp_path, WHOLE)
    assert read_configuration(file) == Settings(
        select=("adoption", "check-in"),
        ignore=("follow-quota",),
        severity={"check-in": "error"},
        parameters={"excessive-frequency": {"shortest": Decimal(31)}},
        fail_on="warning",
        as_of=date(2026, 11, 23),
        lang="en",
        exclude=("archive",),
        waivers=tmp_path / "waivers.toml",
        rules=tmp_path / "our-rules",
        limits=Limits(max_bytes=1000),
        file=file,
    )


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, "")
    assert read_configuration(file) == Settings(file=file)


def test_a_project_file_keeps_it_in_its_table(tmp_path: Path) -> None:
    file = write(tmp_path, '[tool.other]\nx = 1\n[tool.assesslint]\nlang = "en"\n', "pyproject.toml")
    assert read_configuration(file) == Settings(lang="en", file=file)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ('\nselct = ["a"]', ":2：没有“selct”这一项，是不是要写 select？", ":2: there is no key “selct”; did you mean select?"),
        (
            "[limits]\nmax-byte = 3",
            ":2：没有“limits.max-byte”这一项，是不是要写 max-bytes？",
            ":2: there is no key “limits.max-byte”; did you mean max-bytes?",
        ),
        (
            'fail-on = "fatal"',
            ":1：fail-on 不能是“fatal”，可写 error、warning、advice",
            ":1: fail-on cannot be “fatal”; known are error, warning, advice",
        ),
        (
            'lang = "zh"\n[severity]\ncheck-in = "mild"',
            ":3：severity.check-in 不能是“mild”，可写 error、warning、advice",
            ":3: severity.check-in cannot be “mild”; known are error, warning, advice",
        ),
        ("as-of = x", ":1:9：不是合法的 TOML（Invalid value）", ":1:9: not valid TOML (Invalid value)"),
    ],
)
def test_a_faulty_file_is_explained_with_its_line(tmp_path: Path, text: str, zh: str, en: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(RunError) as raised:
        read_configuration(file)
    assert (raised.value.text("zh"), raised.value.text("en")) == (f"{file}{zh}", f"{file}{en}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lang = "zh"\nignore = ["chek-in"]', ":2: 没有规则“chek-in”，是不是要写 check-in？"),
        ('[severity-by-path."a/*"]\nchek-in = "error"', ":2: 没有规则“chek-in”，是不是要写 check-in？"),
        ('[severity]\nvauge-scoring = "warning"', ":2: 没有规则“vauge-scoring”，是不是要写 vague-scoring？"),
        ('select = ["evidence", "unreadable-file"]', ":1: “unreadable-file”不是规则"),
    ],
)
def test_a_rule_that_does_not_exist_is_told_at_its_line(tmp_path: Path, text: str, told: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(RunError) as raised:
        choose_rules(load_rulebook(resource("rules")), read_configuration(file), date(2026, 11, 23))
    assert raised.value.text("zh").startswith(f"{file}{told}")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "assesslint.toml"
    with pytest.raises(RunError, match="文件不存在"):
        read_configuration(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(RunError, match="不是 UTF-8 编码"):
        read_configuration(file)


def test_the_nearest_file_upward_is_taken(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outer = write(tmp_path, "")
    assert find_configuration(inner, []) == (outer, None)
    write(tmp_path / "a", "[project]\nname = 'x'", "pyproject.toml")
    assert find_configuration(inner, []) == (outer, None)
    nearer = write(tmp_path / "a", "[tool.assesslint]", "pyproject.toml")
    assert find_configuration(inner, []) == (nearer, None)


def test_a_file_inside_an_input_is_passed_over(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    inside = write(drafts, "")
    assert find_configuration(drafts, [str(drafts)]) == (None, inside)
    outer = write(tmp_path, "")
    assert find_configuration(drafts, [str(drafts)]) == (outer, inside)


def test_the_published_schema_accepts_the_whole_and_refuses_the_unknown() -> None:
    schema = Configuration.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"select": ["check-in"], "limits": {"max-bytes": 5}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"selct": []}, schema)


def test_a_path_has_severities_of_its_own_and_the_last_pattern_counts(tmp_path: Path) -> None:
    text = """
[severity]
check-in = "advice"
[severity-by-path."乡镇/*"]
check-in = "warning"
[severity-by-path."2026/乡镇"]
check-in = "error"
vague-scoring = "error"
"""
    chosen = choose_rules(load_rulebook(resource("rules")), read_configuration(write(tmp_path, text)), date(2026, 11, 23))
    levels = [chosen.severity_of("check-in", path, "error") for path in ("a.txt", "乡镇/a.txt", "2026/乡镇/a.txt")]
    assert levels == ["advice", "warning", "error"]
    assert chosen.severity_of("vague-scoring", "a.txt", "advice") == "advice"
    assert "对 乡镇/*，check-in 的程度由错误降为警告" in chosen.said


def test_the_limits_documented_are_all_there_are_with_what_they_are_unless_set() -> None:
    block = DOCUMENTED.read_text(encoding="utf-8").split("[limits]", 1)[1].split("```", 1)[0]
    documented = {name.replace("-", "_"): value for name, value in tomllib.loads(block.partition("\n")[2]).items()}
    assert documented == asdict(Limits())
    assert list(documented) == [field.name for field in fields(Limits)]
    assert all("# " in line for line in block.strip().split("\n"))
