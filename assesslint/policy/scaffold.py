"""The name of a new rule → its page, with a blank `【待填：…】` wherever its maker has to decide; it loads once none is left."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from assesslint.policy.pack import OTHER_FOLDERS
from assesslint.policy.page import BLANK, CHINESE_SECTIONS, ENGLISH_SECTIONS, FLAGGED, LEAST_FLAGGED, LEAST_PASSED, PASSED, RULE
from assesslint.policy.problems import Problem, RulebookError
from assesslint.policy.rulebook import NAME

CHINESE_BLANKS = (
    "哪些写法会被指出，一两句话",
    "这样考核错在哪里",
    "什么情况可以写明理由豁免；不设豁免就写“不设豁免”",
    "哪些还判断不了",
)
ENGLISH_BLANKS = (
    "what is flagged, in a sentence or two",
    "what is wrong with it",
    "when to excuse it, or “Never.”",
    "what cannot be judged yet",
)

_RULE = """rule {name} {{
  title en: "【待填：英文标题】"
  status: preview
  waivable: with_reason
  applies to: indicator

  for demand in indicator.demands

  when demand.force in binding and demand.voice is own and demand.action is 【待填：动作，见 rules/vocabulary.toml】
  unless demand.circumstance in exempting

  case {{ severity: warning  basis: 【待填：文件.条款，见 norms/；没有就写 none 和引号里的理由】 }}

  at demand.words
  message zh: "“{{demand.words}}”【待填：错在哪里】"
  message en: "“{{demand.words}}” 【待填：错在哪里，英文】"
  advise zh: "【待填：改成什么，写得出得分的数】"
  advise en: "【待填：改成什么，英文】"
}}
"""


def new_page(name: str) -> str:
    """Return the page of a new rule."""
    chinese = _sections("##", CHINESE_SECTIONS, CHINESE_BLANKS)
    english = _sections("###", ENGLISH_SECTIONS, ENGLISH_BLANKS)
    example = '【待填：这个例子说明什么】\n\n```scheme\n评分: "【待填：{}】"\n```\n\n'
    flagged = example.format("会被指出的评分标准") + f"- {name} warning “【待填：被指出的原文】”\n\n"
    passed = example.format("看着像、其实不该指出的评分标准")
    return (
        f"# 【待填：中文标题，说出错在哪里】\n\n{chinese}## English\n\n{english}## {RULE}\n\n```rule\n{_RULE.format(name=name)}```\n\n"
        f"## {FLAGGED}\n\n{flagged * LEAST_FLAGGED}## {PASSED}\n\n{passed * LEAST_PASSED}".rstrip("\n")
        + "\n"
    )


def _sections(marks: str, headings: Collection[str], blanks: Collection[str]) -> str:
    return "".join(f"{marks} {heading}\n\n【待填：{blank}】\n\n" for heading, blank in zip(headings, blanks, strict=True))


def blanks(page: str) -> list[tuple[int, str]]:
    """Return what is to be filled in a page: line and what belongs there."""
    return [(page.count("\n", 0, match.start()) + 1, match[1]) for match in BLANK.finditer(page)]


def name_problems(folder: Path, family: str, name: str, taken: Collection[str]) -> list[Problem]:
    """Return why a rule cannot be called so in a folder; `taken` are the rules it extends and those removed."""
    place = f"{family}/{name}.md"
    said: list[tuple[str, str]] = []
    for word in (family, name):
        if not NAME.fullmatch(word):
            zh = f"“{word}”不行：类别和规则名用小写字母、数字和连字符"
            said.append((zh, f"“{word}” will not do: families and ids are made of small letters, digits and hyphens"))
    if family in OTHER_FOLDERS:
        said.append((f"{family} 文件夹另有用处，类别请换一个名称", f"the folder {family} has another use; choose another family"))
    same = sorted(path for path in folder.glob("*/*.md") if path.stem == name) if not said else []
    if same:
        shown = same[0].relative_to(folder).as_posix()
        said.append((f"规则名已用于 {shown}，没有覆盖", f"the id is already used by {shown}; nothing was written over"))
    elif name in taken:
        said.append(
            (f"“{name}”是上级规则包的规则或已取消的规则，请换一个名称", f"“{name}” is a rule of an upper pack, or was one; choose another")
        )
    return [Problem(place, 1, 1, *each) for each in said]


def write_new_page(folder: Path, family: str, name: str, taken: Collection[str]) -> Path:
    """Write the page of a new rule and return where. Raises RulebookError when it cannot be called so, OSError when nothing is written."""
    problems = name_problems(folder, family, name, taken)
    if problems:
        raise RulebookError(problems)
    path = folder / family / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(new_page(name))
    return path
