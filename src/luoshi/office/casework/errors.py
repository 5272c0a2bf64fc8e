"""Why something cannot be done in a case. Each says what was seen; `kind` is what screens word it by."""

from __future__ import annotations

from typing import Any


class CaseError(ValueError):
    """Something that cannot be done, or not like this, or not by this person; nothing was changed.

    `kind` is a short fixed word; `facts` what a screen needs to tell people what was expected.
    """

    def __init__(self, kind: str, **facts: Any) -> None:
        super().__init__(f"{kind} {facts}" if facts else kind)
        self.kind, self.facts = kind, facts
