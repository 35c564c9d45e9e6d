"""The vocabulary's named groups, as the readers ask for them, and the kinds of object each action can have."""

from __future__ import annotations

from assesslint.scheme.vocabulary import central_vocabulary

_GROUPS = {name: group.members for name, group in central_vocabulary().groups.items()}

ADOPTION = _GROUPS["adoption"]
USAGE = _GROUPS["usage"]
ENGAGEMENT = _GROUPS["engagement"]
PRESENCE = _GROUPS["presence"]
GROUPING = _GROUPS["grouping"]
OPINION = _GROUPS["opinion"]
PAPERWORK = _GROUPS["paperwork"]
VOLUME = _GROUPS["volume"]
APPS = _GROUPS["apps"]
ACCOUNTS = _GROUPS["accounts"]
REPORTED = _GROUPS["reported"]
TRACES = _GROUPS["traces"]
OUTCOMES = _GROUPS["outcomes"]
PAPER_STEPS = _GROUPS["paper"]
PUNISHMENT = _GROUPS["punishment"]
PUBLICITY = _GROUPS["publicity"]
BINDING = _GROUPS["binding"]

POSTS = frozenset({"post", "article"})
VOLUNTARY = ADOPTION | USAGE | ENGAGEMENT | {"follow", "take_survey", "give_rating", "join_group"}
"""Actions that people decide on for themselves."""

PROCESS = ADOPTION | USAGE | ENGAGEMENT | PRESENCE | GROUPING | VOLUME | PAPERWORK | {"follow"}
"""Actions that show that something was gone through, not that it worked."""

TOPICAL = ADOPTION | USAGE | ENGAGEMENT | {"follow", "publish", "report_item", "use_feature", "check_in", "join_group"}
"""Actions that a title or name can lend to a text that gives only figures."""

COUNTED_ONLY = frozenset({"report_item"})
"""Actions that are demands only when counted: reporting a hazard is a duty, reporting twenty is a quota."""

OBJECT_KINDS = {
    **dict.fromkeys(ADOPTION, APPS),
    **dict.fromkeys(USAGE, APPS | {"course"}),
    **dict.fromkeys(ENGAGEMENT, POSTS | ACCOUNTS),
    **dict.fromkeys(GROUPING, frozenset({"chat_group"})),
    **dict.fromkeys(OPINION, frozenset({"survey", "hotline"})),
    "follow": ACCOUNTS,
    "report_item": REPORTED,
    "publish": frozenset({"brief", "article", "leader_note", "video"}),
    "obtain_leader_note": frozenset({"leader_note"}),
    "use_feature": APPS | {"feature"},
    "avoid_complaints": frozenset({"complaint"}),
    "hold_meeting": frozenset({"meeting"}),
    "issue_document": frozenset({"document"}),
}
"""The kinds of object each action can have; an action that is not here takes any."""

DEFAULT_OBJECT = {
    **dict.fromkeys(ADOPTION, "app"),
    **dict.fromkeys(USAGE, "platform"),
    **dict.fromkeys(ENGAGEMENT, "post"),
    **dict.fromkeys(GROUPING, "chat_group"),
    "follow": "public_account",
    "study": "course",
    "use_feature": "feature",
}
"""What an action is done to when a field names no object."""
