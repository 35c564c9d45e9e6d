"""Names of units as inspectors write them → which schemes reach them: by the kind of unit assessed, and by the place of the issuer.

Where a draft does not say whom it assesses or where it is from, it reaches every unit: a register should rather show too much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assesslint.scheme.vocabulary import central_vocabulary

_KINDS = (
    ("village", re.compile(r"(村|社区|居委会|村委会)$")),
    ("township", re.compile(r"(镇|乡|街道|街道办事处|乡镇)$")),
    ("county", re.compile(r"(县|区|旗)$")),
    ("city", re.compile(r"(市|州|盟)$")),
    ("province", re.compile(r"(省|自治区)$")),
)

_NAME = r"[^\W\d省市州盟县区旗镇乡街]"
_PLACE = re.compile(
    rf"(?P<province>{_NAME}{{2,7}}(?:省|自治区))?"
    rf"(?P<city>{_NAME}{{2,6}}(?:市|自治州|州|盟))?"
    rf"(?P<county>{_NAME}{{1,8}}(?:县|(?<!社)区|旗))?"
    rf"(?P<township>{_NAME}{{1,6}}(?:街道|镇|乡))?"
)


def audience_of(word: str) -> str | None:
    """Return the kind of audience that a word of the vocabulary names, in either language, None for any other word."""
    audience = central_vocabulary().enums["audience"]
    return word if word in audience.words.values() else audience.words.get(word)


def place_of(text: str) -> dict[str, str]:
    """Return the places that a name begins with, by their level: 清河县 and 双桥镇 of 清河县双桥镇人民政府."""
    found = _PLACE.match(text)
    return {level: name for level, name in found.groupdict().items() if name} if found else {}


def reaches(unit: str, audience: Sequence[str], origin: str) -> bool:
    """Tell whether a scheme reaches a unit: a kind such as 乡镇, or a name such as 清河县双桥镇.

    `audience` are the kinds of units the scheme assesses, `origin` is its issuer, or its name where it tells none.
    """
    kind = audience_of(unit)
    if kind is not None:
        return not audience or kind in audience
    kind = next((name for name, ends in _KINDS if ends.search(unit)), None)
    if kind is not None and audience and kind not in audience:
        return False
    own, theirs = place_of(unit), place_of(origin)
    return all(own[level] == theirs[level] for level in own.keys() & theirs.keys())
