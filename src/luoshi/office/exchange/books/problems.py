"""What is wrong with a file, a column or a cell, and what to do about it, in words of the active language."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.office.exchange.books.wording import NOTES, PROBLEMS
from luoshi.rulebook.model.bases import Bilingual

NOTHING = Bilingual("", "")


@dataclass(frozen=True)
class Told:
    """A problem in words: what is wrong (with what was seen), what was expected, what to do. Parts may be empty."""

    wrong: str
    expected: str
    todo: str


@dataclass(frozen=True)
class Problem:
    """Something wrong at a place. `kind` is a stable word, one of `wording.PROBLEMS`.

    `row` is the row's number in the sheet, 0 for the whole column or sheet; `letter` and `title` are the column's, as
    the user sees them; `seen` is what stands there, masked where it is personal; `expected` is what would fit.
    """

    kind: str
    sheet: str = ""
    row: int = 0
    letter: str = ""
    title: str = ""
    seen: str = ""
    expected: Bilingual = field(default=NOTHING)

    @property
    def place(self) -> str:
        """The cell as Excel names it, such as `C12`; the letter or the number alone where there is only one."""
        return f"{self.letter}{self.row or ''}"

    def told(self) -> Told:
        """The problem in words of the active language."""
        wrong, todo = map(str, PROBLEMS[self.kind])
        if self.seen:
            wrong = _("%(wrong)s：%(seen)s") % {"wrong": wrong, "seen": self.seen}
        return Told(wrong, self.expected.say(_language()), todo)


@dataclass(frozen=True)
class Note:
    """Something that the user may want to know and that holds nothing up. `kind` is one of `wording.NOTES`."""

    kind: str
    sheet: str = ""
    count: int = 0
    places: tuple[str, ...] = ()

    def told(self) -> str:
        """The note in words of the active language."""
        places = _("、").join(self.places) + (_("等") if 0 < len(self.places) < self.count else "")
        return str(NOTES[self.kind]) % {"count": self.count, "places": places}


class Refused(Exception):
    """A file of which nothing can be taken. `problem` has the reason."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.kind)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
