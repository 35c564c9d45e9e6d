"""assesslint.toml, or [tool.assesslint] of pyproject.toml, and what is asked for → Settings. Faults are told with their line.

The file is searched from the working directory upward and never followed when it lies inside what is checked: a folder of
drafts must not say how it is judged.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypedDict, Unpack

from assesslint.documents.limits import Limits
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import is_folder, why_not_opened
from assesslint.linter.settings import Settings
from assesslint.text.suggest import suggest

FILE_NAME = "assesslint.toml"
PROJECT_FILE = "pyproject.toml"


class Given(TypedDict, total=False):
    """What a caller asks for in place of what the configuration says; None and what is not given leave it as it is. See Settings."""

    select: Iterable[str] | None
    ignore: Iterable[str] | None
    severity: Mapping[str, str] | None
    fail_on: str | None
    as_of: date | None
    lang: str | None
    rules: str | Path | None
    require_signed: bool | None
    preview: bool | None
    baseline: str | Path | None
    ratchet: bool | None


def resolve_settings(
    inputs: Iterable[str], config: str | Path | None = None, *, start: Path | None = None, **given: Unpack[Given]
) -> Settings:
    """Return what the configuration says, with what is given here in its place, `severity` entry by entry.

    The configuration is `config`, or the nearest file that lies in none of the inputs, from `start` (the working directory when None)
    upward. Raises RunError when it is faulty.
    """
    if config is not None:
        settings = read_configuration(Path(config))
    else:
        file, passed_over = find_configuration(start or Path.cwd(), inputs)
        settings = replace(read_configuration(file) if file else Settings(), passed_over=passed_over)
    kept: dict[str, Callable[[Any], Any]] = {"select": tuple, "ignore": tuple, "rules": Path, "baseline": Path}
    said: dict[str, Any] = {name: kept.get(name, _as_it_is)(value) for name, value in given.items() if value not in (None, "")}
    said["severity"] = {**settings.severity, **said.get("severity", {})}
    return replace(settings, **said)


def _as_it_is(value: Any) -> Any:
    return value


def find_configuration(start: Path, inputs: Iterable[str]) -> tuple[Path | None, Path | None]:
    """Return the nearest configuration file from `start` upward, and the nearest one passed over because it lies inside an input."""
    folders = [Path(os.path.realpath(path)) for path in inputs if is_folder(Path(path))]
    passed_over = None
    here = Path(os.path.realpath(start))
    for folder in (here, *here.parents):
        for file in (folder / FILE_NAME, folder / PROJECT_FILE):
            if not file.is_file() or (file.name == PROJECT_FILE and not _has_table(file)):
                continue
            if any(file.is_relative_to(inside) for inside in folders):
                passed_over = passed_over or file
                continue
            return file, passed_over
    return None, passed_over


def _has_table(file: Path) -> bool:
    try:
        return "[tool.assesslint" in file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def read_configuration(file: Path) -> Settings:
    """Return what a configuration file says. Raises RunError when it cannot be read or is not understood."""
    text = read_toml_text(file)
    data = parse_toml(file, text)
    if file.name == PROJECT_FILE:
        data = data.get("tool", {}).get("assesslint", {})
    from assesslint.linter.configuration_model import Configuration

    read = validate(Configuration, data, file, text)
    base = file.parent
    return Settings(
        select=tuple(read.select),
        ignore=tuple(read.ignore),
        severity=read.severity,
        severity_by_path=read.severity_by_path,
        parameters=read.parameters,
        fail_on=read.fail_on,
        as_of=read.as_of,
        lang=read.lang,
        exclude=tuple(read.exclude),
        waivers=base / read.waivers if read.waivers else None,
        baseline=base / read.baseline if read.baseline else None,
        ratchet=read.ratchet,
        inline_waivers=read.inline_waivers,
        rules=base / read.rules if read.rules else None,
        require_signed=read.require_signed,
        preview=read.preview,
        limits=Limits(**read.limits.model_dump()),
        file=file,
    )


def read_toml_text(file: Path) -> str:
    """Return the text of a TOML file. Raises RunError when it cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RunError(f"{file}：不是 UTF-8 编码", f"{file}: not in UTF-8") from error
    except OSError as error:
        zh, en = why_not_opened(file, error)
        raise RunError(f"{file}：{zh}", f"{file}: {en}") from error


def parse_toml(file: Path, text: str) -> dict[str, Any]:
    """Return the tables of a TOML text. Raises RunError with the place of a mistake."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        at = f":{place[1]}:{place[2]}" if place else ""
        what = str(error).partition(" (at ")[0]
        raise RunError(f"{file}{at}：不是合法的 TOML（{what}）", f"{file}{at}: not valid TOML ({what})") from error
    except RecursionError as error:
        raise RunError(f"{file}：嵌套过深", f"{file}: nested too deeply") from error


def validate(model: Any, data: Mapping[str, Any], file: Path, text: str) -> Any:
    """Return `data` as a pydantic `model`. Raises RunError naming the first faulty key, its line and the way out."""
    from pydantic import ValidationError

    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = min(error.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
        keys = [str(part) for part in first["loc"]]
        at = f"{file}:{_line_of(text, keys)}"
        zh, en = _explain(model, first, keys)
        raise RunError(f"{at}：{zh}", f"{at}: {en}") from error


def _line_of(text: str, keys: list[str]) -> int:
    """Return the line (from 1) where the innermost of `keys` that is written in `text` stands, its table header included."""
    line = 1
    start = 0
    for key, inner in zip(keys, [*keys[1:], ""], strict=True):
        places = re.compile(rf"""(?m)^[ \t]*(?:\[+[^\]\n]*?)?["']?{re.escape(key)}["']?[ \t]*[\].=]""").finditer(text, start)
        found = next(islice(places, int(inner) if inner.isdigit() else 0, None), None)
        if found:
            start = found.start()
            line = text.count("\n", 0, start) + 1
    return line


def place_of(file: Path | None, word: str) -> str:
    """Return `file:line: ` where a configuration file writes a word, to lead a message; nothing when it does not."""
    line = line_of(file, word) if file else 0
    return f"{file}:{line}: " if line else ""


def line_of(file: Path, word: str) -> int:
    """Return the line (from 1) where a configuration file writes a word, 0 when it does not."""
    text = read_toml_text(file)
    written = re.search(rf"""(?m)["']{re.escape(word)}["']|^[ \t]*{re.escape(word)}[ \t]*=""", text)
    return text.count("\n", 0, written.start()) + 1 if written else 0


DUE = {
    "list": ('要写成列表，如 ["…"]', 'write a list, such as ["…"]'),
    "string": ("要写成引号里的文字", "write a text in quotes"),
    "decimal": ("要写成一个数", "write a number"),
    "int": ("要写成一个整数", "write a whole number"),
    "greater_than": ("要大于 0", "it must be more than 0"),
    "date": ("要写成日期，如 2026-01-31", "write a date, such as 2026-01-31"),
    "dict": ("要写成一个表，如 [severity]", "write a table, such as [severity]"),
    "model": ("要写成一个表，如 [limits]", "write a table, such as [limits]"),
}
"""What is due, by how the name of pydantic's error begins."""


def _explain(model: Any, error: Any, keys: list[str]) -> tuple[str, str]:
    name = ".".join(f"[{int(key) + 1}]" if key.isdigit() else key for key in keys).replace(".[", "[")
    given = error.get("input")
    match error["type"]:
        case "extra_forbidden":
            known = _keys_beside(model, keys)
            near = suggest(keys[-1], known)
            zh = f"，是不是要写 {near}？" if near else f"；可写 {'、'.join(known)}"
            en = f"; did you mean {near}?" if near else f"; known are {', '.join(known)}"
            return f"没有“{name}”这一项{zh}", f"there is no key “{name}”{en}"
        case "literal_error":
            expected = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
            return (
                f"{name} 不能是“{given}”，可写 {'、'.join(expected.split(', '))}",
                f"{name} cannot be “{given}”; known are {expected}",
            )
        case "missing":
            return f"缺少 {name}", f"{name} is missing"
        case "value_error":
            reason = error["ctx"]["error"].args
            return f"{name}：{reason[0]}", f"{name}: {reason[1]}"
        case kind:
            zh, en = next((due for start, due in DUE.items() if kind.startswith(start)), ("", error["msg"]))
            return f"{name} 的值“{given}”不合要求{zh and '，' + zh}", f"{name} cannot be “{given}”: {en}"


def _keys_beside(model: Any, keys: list[str]) -> list[str]:
    """Return the keys that may stand where the last of `keys` stands."""
    for key in keys[:-1]:
        field = next((f for n, f in model.model_fields.items() if (f.alias or n) == key), None)
        if field is None:
            continue
        inner = [field.annotation, *getattr(field.annotation, "__args__", ())]
        model = next((a for a in inner if hasattr(a, "model_fields")), model)
    return [f.alias or n for n, f in model.model_fields.items()]
