"""What can be wrong with an account or an appointment."""

from __future__ import annotations


class AccountError(ValueError):
    """Something was refused; the text says what and what to do, `kind` and `facts` let a page say it in its words."""

    def __init__(self, text: str, kind: str = "", **facts: object) -> None:
        super().__init__(text)
        self.kind = kind
        self.facts = facts
