"""What a letter, a template or a step with either is refused for, in words for whoever asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from luoshi.office.letters.kinds import Kind


class Incomplete(ValueError):
    """A content that lacks what makes it such a letter: a refusal without reasons, a decision that decides nothing."""

    def __init__(self, kind: Kind, lacking: Sequence[str]) -> None:
        self.kind, self.lacking = kind, tuple(lacking)
        facts = {"kind": kind.label, "lacking": "、".join(lacking)}
        super().__init__(_("%(kind)s还缺：%(lacking)s。补上再开。") % facts)


class Unfit(ValueError):
    """A Word file that is no template for a kind. Its text says what was seen, and what to do."""


class NoSeries(LookupError):
    """No words for numbers were set for a kind: nobody makes numbers up."""

    def __init__(self, kind: Kind, area: str) -> None:
        self.kind, self.area = kind, area
        super().__init__(_("还没有给%(kind)s设文号的代字。请先在“公文”里设好，再开。") % {"kind": kind.label})


class NotAllowed(RuntimeError):
    """A step that does not fit: an own template approved, a letter voided twice. Its text says which."""
