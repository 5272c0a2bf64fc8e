"""Which charts stand on which page: those of a policy or one of its documents, and the small ones of a measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.office.desk import numbering
from luoshi.office.desk.charts import drawing, targets
from luoshi.office.desk.charts.chart import Chart
from luoshi.office.desk.charts.choosing import compared, measures_of, targets_of
from luoshi.office.desk.charts.lacking import lacking
from luoshi.office.desk.document import documents
from luoshi.office.desk.entries import Entries
from luoshi.office.desk.margin import TargetEntry
from luoshi.office.desk.reading import Reading
from luoshi.office.desk.standing import Standing
from luoshi.office.runs import comparing
from luoshi.office.runs.models import Run
from luoshi.rulebook.model.blocks import Measure


@dataclass(frozen=True)
class Drawn:
    """The charts of a page; `is_closed` where areas are not compared."""

    charts: tuple[Chart, ...]
    is_closed: bool = False


@dataclass(frozen=True)
class Artist:
    """Draws what is read, in one language."""

    reading: Reading
    standing: Standing
    run: Run
    lang: str

    def policy(self, document: str | None) -> Drawn:
        """The charts of one document, or of all of them together."""
        pack = self.reading.pack
        measures, side_by_side = measures_of(pack, document), compared(pack, document)
        found = [*self._areas(side_by_side), *self._targets(document), self._funds(measures), *self._rest(measures)]
        return Drawn(_there(found), is_closed=bool(measures) and not side_by_side)

    def measure(self, measure: Measure) -> Drawn:
        """The charts of one measure."""
        document = numbering.document(measure.clause)
        is_open = measure in compared(self.reading.pack, document)
        found = [*(self._areas([measure]) if is_open else ()), *self._rest([measure])]
        return Drawn(_there(found), is_closed=not is_open)

    def _areas(self, measures: list[Measure]) -> Iterator[Chart | None]:
        children, day = self.reading.children, self.reading.day_query
        if not children or not measures:
            return
        ids = [item.id for item in measures]
        figures = comparing.by_area(self.run, ids, self.reading.area.code, len(children[0].code))
        names = [(child.code, child.name) for child in children]
        yield drawing.cases(names, figures, day, several=len(measures) > 1)
        if any(item.amount is not None for item in measures):
            yield drawing.money(names, figures, day, self.lang)

    def _targets(self, document: str | None) -> Iterator[Chart | None]:
        pack, entries = self.reading.pack, Entries(self.reading.pack, self.standing, self.lang)
        found = [(item, entries.target(item)) for item in targets_of(pack, document)]
        yield targets.progress(entry for _item, entry in found)
        groups: dict[str, list[TargetEntry]] = {}
        titles = {one.id: one.title.say(self.lang) for one in documents(pack)}
        for item, entry in found:
            group = titles[numbering.document(item.clause)] if document is None and len(titles) > 1 else entry.title
            groups.setdefault(group, []).append(entry)
        yield targets.states(groups.items())

    def _funds(self, measures: list[Measure]) -> Chart | None:
        titles = {fund.id: fund.title.say(self.lang) for fund in self.reading.pack.funds.values()}
        ids = [item.id for item in measures if item.amount is not None]
        return drawing.funds(comparing.by_fund(self.run, ids, self.reading.area.code), titles, self.lang)

    def _rest(self, measures: list[Measure]) -> Iterator[Chart | None]:
        pack, code = self.reading.pack, self.reading.area.code
        yield drawing.missing(lacking(self.run, pack, measures, self.standing.figures, code, self.lang))
        days = comparing.by_day(pack.policy.id, [item.id for item in measures], code, self.reading.on)
        yield drawing.development(days)


def find_drawn(reading: Reading, standing: Standing, lang: str, measure_id: str) -> Drawn | None:
    """The charts of a measure; None where nothing was computed."""
    if reading.run is None:
        return None
    return Artist(reading, standing, reading.run, lang).measure(reading.pack.measures[measure_id])


def _there(found: list[Chart | None]) -> tuple[Chart, ...]:
    return tuple(chart for chart in found if chart is not None)
