"""The interview of a visitor as their session keeps it: answers only, for as long as the session lasts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from luoshi.office.portal.interview.answers import UNKNOWN, Answers, Leaf
from luoshi.office.portal.visits import Visit

KEY = "interview"
MOST_ANSWERS = 200
LONGEST = 40


@dataclass(frozen=True)
class Kept:
    """Which policy, who one is, where, about one measure or all, and what was answered, in its order."""

    pack_id: str
    register: str
    area: str
    only: str = ""
    given: dict[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> Answers:
        """As the case engine is given them."""
        return Answers(self.register, self.area, self.given)

    def with_answer(self, leaf: Leaf, text: str, *, is_place: bool) -> Kept:
        """One answer more, or another one in its place."""
        if len(self.given) >= MOST_ANSWERS and leaf.key not in self.given:
            return self
        area = text if is_place and text != UNKNOWN else self.area
        return replace(self, area=area, given={**self.given, leaf.key: text[:LONGEST]})

    def before(self, key: str = "") -> str:
        """The question before one that was answered, or before the open one; "" where there is none."""
        keys = list(self.given)
        place = keys.index(key) if key in keys else len(keys)
        return keys[place - 1] if place else ""


def find(visit: Visit) -> Kept | None:
    """The interview under way."""
    said: Any = visit.session.get(KEY)
    return Kept(**said) if said else None


def keep(visit: Visit, kept: Kept) -> None:
    """The interview is this from now on."""
    visit.session[KEY] = {
        "pack_id": kept.pack_id, "register": kept.register, "area": kept.area, "only": kept.only, "given": kept.given,
    }  # fmt: skip


def forget(visit: Visit) -> None:
    """Nothing of it is left."""
    visit.session.pop(KEY, None)
