"""The list of subjects behind a figure, with what is missing for how many of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi.office.desk.naming import Names, RowId
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.runs.models import Run
from luoshi.office.runs.results import AMOUNT, NotReadable, Subject, missing_by_condition, subjects
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.outcomes import COUNTED

MOST = 50


@dataclass(frozen=True)
class SubjectRow:
    """A subject in the list. `is_kept`: it is still within the area, so that its page can be opened."""

    id: RowId
    name: str
    is_kept: bool
    area: str
    amount: str
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class MissingRow:
    """For how many subjects a condition cannot be decided; `percent`: of the most frequent one, to draw a bar."""

    title: str
    count: int
    percent: int


@dataclass(frozen=True)
class SubjectList:
    """A page of the list. `after` is where the next one goes on; `readable` is false where no list can be shown."""

    register: str
    keeper: str
    rows: tuple[SubjectRow, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    after: RowId | None = None
    readable: bool = True


@dataclass(frozen=True)
class Lister:
    """Makes the lists of one measure in one language."""

    pack: Pack
    measure: Measure
    names: Names

    def page(self, run: Run, area: str, outcome: str, after: RowId | None) -> SubjectList:
        """The subjects of an area and below of one outcome."""
        register = self.pack.registers[self.measure.register]
        lang = self.names.lang
        keeper = register.keeper.say(lang) if register.keeper else ""
        try:
            found = subjects(run, self.measure.id, area, COUNTED[outcome], after, MOST)
            is_open = outcome == "undetermined" and after is None
            lacking = missing_by_condition(run, self.measure.id, area) if is_open else {}
        except NotReadable:
            return SubjectList(register.id, keeper, readable=False)
        called = self.names.of(register.id, [one.id for one in found.subjects])
        places = self.names.of(DIVISIONS, [one.area for one in found.subjects])
        titles = self._titles()
        most = max(lacking.values(), default=1)
        return SubjectList(
            register=register.id,
            keeper=keeper,
            rows=tuple(
                self._row(one, called.get(one.id), str(places.get(one.area, one.area)), titles)
                for one in found.subjects
            ),
            missing=tuple(
                MissingRow(titles[name], count, max(1, 100 * count // most))
                for name, count in sorted(lacking.items(), key=lambda item: -item[1])
            ),
            after=found.after,
        )

    def _row(self, one: Subject, name: str | None, place: str, titles: dict[str, str]) -> SubjectRow:
        amount = self.measure.amount
        return SubjectRow(
            id=one.id,
            name=name or self.names.plain(self.measure.register, one.id),
            is_kept=name is not None,
            area=place,
            amount=shown(one.amount, amount.type, self.names.lang) if amount and one.amount is not None else "",
            unmet=tuple(titles[each] for each in one.unmet),
            unknown=tuple(titles[each] for each in one.unknown),
        )

    def _titles(self) -> dict[str, str]:
        """Conditions in words: their title, else what they ask for."""
        lang = self.names.lang
        phrases = Phrases(self.pack, lang)
        titles = {
            condition.name: condition.title.say(lang) if condition.title else phrases.phrase(condition.test)
            for condition in self.measure.conditions
        }
        return titles | {AMOUNT: _("金额")}
