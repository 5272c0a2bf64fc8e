"""What a policy leaves to localities, as it stands in one area on one day.

Pure but for the values that are kept: a pack and an area go in, frozen values come out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.utils.translation import gettext as _

from luoshi.office.desk import numbering
from luoshi.office.desk.document import documents
from luoshi.office.desk.parameters.units import bounds_in_words
from luoshi.office.desk.wording import worded
from luoshi.office.runs import local
from luoshi.office.runs.models import LocalSetting
from luoshi.office.runs.proposing import all_resting, levels
from luoshi.rulebook.model.blocks import Assumption, Pack, ParameterDef
from luoshi.rulebook.model.findings import Finding, Findings
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.values.area_code import lineage
from luoshi.rulebook.wording.catalogue import describe

EVERYWHERE = ""
OWN, ABOVE, TEXT, BELOW, MISSING, PROBLEM = "own", "above", "text", "below", "missing", "problem"


@dataclass(frozen=True)
class Entry:
    """A parameter or a reading. `state` says where its value comes from, `source` the area that has set it.

    `below` counts the areas below with values of their own, `waiting` the proposals here and below.
    """

    id: str
    title: str
    is_reading: bool
    document: str
    anchor: str
    cited: str
    levels: tuple[str, ...]
    instrument: str
    bounds: str
    value: str
    state: str
    source: str
    below: int
    waiting: int
    measures: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Whether nobody has set it here, above or below, and the text gives no value."""
        return self.state in {MISSING, PROBLEM}

    @property
    def is_set(self) -> bool:
        """Whether a locality has set it."""
        return self.state in {OWN, ABOVE, BELOW}


class Book:
    """The entries of a pack in one language; `area` is where they are read, `name_of` names areas."""

    def __init__(self, pack: Pack, area: str, on: date, lang: str, name_of: Callable[[str], str]) -> None:
        self.pack, self.area, self.on, self.lang, self._name_of = pack, area, on, lang, cache(name_of)
        self._settings = local.settings_of(pack, on)
        self._problems = local.held(pack, on).problems

    def entries(self) -> list[Entry]:
        """Everything that is left to localities, in the order of the text: parameters, then readings."""
        return [*map(self.entry, self.parameters()), *map(self.entry, self.readings())]

    def parameters(self) -> Iterable[ParameterDef]:
        """The pack's own parameters that localities set."""
        return (item for item in self.pack.parameters.values() if item.local is not None and "/" not in item.place.file)

    def readings(self) -> Iterable[Assumption]:
        """The pack's own readings that may be chosen."""
        return (item for item in self.pack.assumptions.values() if item.type is not None and "/" not in item.place.file)

    def find(self, name: str) -> ParameterDef | Assumption | None:
        """The parameter or reading of a name; None where localities set nothing of that name."""
        found = next((item for item in self.parameters() if item.id == name), None)
        return found or next((item for item in self.readings() if item.id == name), None)

    def entry(self, item: ParameterDef | Assumption) -> Entry:
        """How a parameter or a reading stands."""
        is_parameter = isinstance(item, ParameterDef)
        value = self._settings.at(self.area)[item.id]
        problems = tuple(self.problems_of(item.id))
        below = sum(code.startswith(self.area) and code != self.area for code in self._settings.areas(item.id))
        state, source = self._source(item.id, value, below, is_wrong=bool(problems))
        document = numbering.document(item.clause)
        instrument = item.local.instrument if isinstance(item, ParameterDef) and item.local else None
        return Entry(
            id=item.id,
            title=item.title.say(self.lang),
            is_reading=not is_parameter,
            document=document if ":" not in item.clause else "",
            anchor=numbering.anchor(item.clause),
            cited=self._cited(item.clause),
            levels=levels(self.pack, item.id),
            instrument=instrument.say(self.lang) if instrument else "",
            bounds=bounds_in_words(item, self.lang) if isinstance(item, ParameterDef) else "",
            value="" if value is None else self.worded(item, value),
            state=state,
            source=source,
            below=below,
            waiting=self._waiting[item.id],
            measures=tuple(self._resting.get(item.id, ())),
            problems=problems,
        )

    def worded(self, item: ParameterDef | Assumption, value: Value) -> str:
        """A value in words; of a reading what it says."""
        if isinstance(item, ParameterDef):
            return worded(value, item.type, item.unit_label, self.lang, dict(item.codes))
        return next((words for each, words in self.choices(item) if each == value), str(value))

    def choices(self, item: Assumption) -> list[tuple[Value | None, str]]:
        """The readings that may be chosen, the pack's own first."""
        every = [(item.default, item.reading), *item.alternatives]
        return [(value, text.say(self.lang)) for value, text in every]

    def row_in_words(self, item: ParameterDef | Assumption, row: LocalSetting) -> str:
        """The value of a row as it was set; as it was written where it no longer fits."""
        if row.is_ending:
            return _("不再单独设定")
        found = local.read(row, self.pack, Findings())
        return row.value if found is None or found.value is None else self.worded(item, found.value)

    def problems_of(self, name: str) -> Iterable[str]:
        """What is wrong with values of that name that no longer fit the pack, here, above and below."""
        numbers = {row.id: row.area for row in self._rows if row.name == name and self._concerns(row.area)}
        for number, area in numbers.items():
            for finding in self._problems.get(number, ()):
                yield _("%(area)s的设定不再合文件：%(problem)s") % {
                    "area": self._name_of(area) if area else _("全部"),
                    "problem": _described(finding, self.lang),
                }

    def _concerns(self, area: str) -> bool:
        return area.startswith(self.area) or self.area.startswith(area)

    def _source(self, name: str, value: Value | None, below: int, *, is_wrong: bool) -> tuple[str, str]:
        if is_wrong:
            return PROBLEM, ""
        if value is None:
            return (BELOW, "") if below else (MISSING, "")
        places = self._settings.areas(name)
        nearest = next((code for code in lineage(self.area) if code in places), None)
        if nearest == self.area:
            return OWN, ""
        if nearest is not None:
            return ABOVE, self._name_of(nearest)
        is_set = any(row.name == name and row.area == EVERYWHERE and not row.is_ending for row in self._rows)
        return (ABOVE, _("全部")) if is_set else (TEXT, "")

    def _cited(self, clause: str) -> str:
        if ":" in clause or clause not in self.pack.clauses:
            return clause
        words = numbering.number(clause, self.lang) or self.pack.clauses[clause].title.say(self.lang)
        if len(documents(self.pack)) == 1:
            return words
        return _("第%(number)s件 %(clause)s") % {"number": numbering.document(clause), "clause": words}

    @cached_property
    def _rows(self) -> list[LocalSetting]:
        return local.in_force(self.pack.policy.id, self.on)

    @cached_property
    def _resting(self) -> Mapping[str, list[str]]:
        return all_resting(self.pack)

    @cached_property
    def _waiting(self) -> Counter[str]:
        proposed = LocalSetting.objects.filter(pack_id=self.pack.policy.id, state=LocalSetting.State.PROPOSED)
        return Counter(proposed.filter(area__startswith=self.area).values_list("name", flat=True))


def _described(finding: Finding, lang: str) -> str:
    return " ".join(describe(finding, lang))
