"""Three-valued logic: true, false, and unknown (None) where a draft does not say.

Kleene's strong logic. The evaluator is held to these tables by a test, and a solver may take them as they stand.
"""

from __future__ import annotations

Truth = bool | None

TRUTHS: tuple[Truth, ...] = (True, False, None)

NOT: dict[Truth, Truth] = {True: False, False: True, None: None}

AND: dict[tuple[Truth, Truth], Truth] = {
    (a, b): False if a is False or b is False else None if a is None or b is None else True for a in TRUTHS for b in TRUTHS
}

OR: dict[tuple[Truth, Truth], Truth] = {(a, b): NOT[AND[NOT[a], NOT[b]]] for a in TRUTHS for b in TRUTHS}
