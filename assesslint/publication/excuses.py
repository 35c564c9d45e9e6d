"""What an attestation, or the record of it in a register, says was excused → a sentence for each waiver and each notice accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any


def excuses_told(attested: Mapping[str, Any], day: date | None, *, zh: bool) -> Iterator[str]:
    """Yield the waivers that are attested, with those that ended before a day told so, and the notices accepted."""
    for each in attested["waivers"]:
        whose, rule, reason, approver, until = (each[key] for key in ("indicator", "rule", "reason", "approver", "until"))
        whose = whose or each["scheme"]
        ended = day is not None and until < day.isoformat()
        if zh:
            yield f"豁免 {rule} “{whose}”：{approver} 批准至 {until}{'（已到期）' if ended else ''}，{reason}"
        else:
            yield f"waived: {rule} on “{whose}”, by {approver} until {until}{' (has ended)' if ended else ''}: {reason}"
    for each in attested["acknowledged"]:
        yield f"认可的提示 {each['notice']}：{each['reason']}" if zh else f"notice {each['notice']} accepted: {each['reason']}"
