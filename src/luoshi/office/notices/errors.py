"""What can be wrong with a notice, an objection or its answer. `kind` names it for whoever words it for a reader."""

from __future__ import annotations

from typing import Any


class NoticeError(ValueError):
    """Nothing was kept. `kind` says which rule was broken, `facts` what was seen."""

    def __init__(self, told: str, kind: str, **facts: Any) -> None:
        super().__init__(told)
        self.kind, self.facts = kind, facts


class NotShowable(NoticeError):
    """Something that no notice may show: words with a number in them that points to a person, or no words at all."""


class WrongDraft(NoticeError):
    """A notice that cannot be posted as it was drawn up."""


class WrongObjection(NoticeError):
    """An objection that cannot be taken: to a notice that is not shown any more, or without words."""


class WrongAnswer(NoticeError):
    """An answer that cannot be given: without reasons, by who posted the notice, or to what was answered before."""


class TooMany(NoticeError):
    """More from one address within the time than one person would send."""
