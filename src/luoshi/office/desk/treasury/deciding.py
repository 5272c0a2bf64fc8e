"""Where a payment was decided: a case, a round of an award, or the list of a period."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.office.treasury.models import Commitment

ROW = 4
"""So many parts has the name of a row of a sheet: policy, sheet, period, owner."""


@dataclass(frozen=True)
class Decided:
    """A page, what it is called, and the route by which it is known who may open it."""

    route: str
    address: str
    words: str


def find_decided(found: Commitment) -> Decided | None:
    """The page on which a payment was decided; None where there is none."""
    kind, _colon, rest = found.case.partition(":")
    parts = rest.split("/")
    if kind == "case":
        return Decided("case", reverse("case", args=[rest]), _("办件 %(number)s") % {"number": rest})
    if kind == "award" and rest.isdecimal():
        return Decided("award-round", reverse("award-round", args=[int(rest)]), _("评选"))
    if kind == "sheet" and len(parts) == ROW:
        return Decided("sheet-roll", reverse("sheet-roll", args=parts[:-1]), _("发放名册"))
    return None
