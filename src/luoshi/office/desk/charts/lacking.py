"""What is missing most: the conditions that cannot be decided, over the measures where that happens most often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from luoshi.office.runs.models import Run
from luoshi.office.runs.queries import Figures
from luoshi.office.runs.results import AMOUNT, NotReadable, missing_by_condition
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.model.blocks import Measure, Pack

MOST_MEASURES = 6
"""So many measures are looked into: each is read from the files of a run."""


def lacking(
    run: Run, pack: Pack, measures: Iterable[Measure], figures: Mapping[str, Figures], area: str, lang: str
) -> Mapping[tuple[str, str], int]:
    """How many subjects lack what, by the title of the measure and of the condition; nothing where files are gone."""
    open_ones = [item for item in measures if item.id in figures and figures[item.id].undetermined]
    open_ones.sort(key=lambda item: figures[item.id].undetermined, reverse=True)
    found: dict[tuple[str, str], int] = {}
    for measure in open_ones[:MOST_MEASURES]:
        titles = condition_titles(pack, measure, lang)
        try:
            tally = missing_by_condition(run, measure.id, area)
        except NotReadable:
            continue
        found |= {(measure.title.say(lang), titles[name]): count for name, count in tally.items()}
    return found


def condition_titles(pack: Pack, measure: Measure, lang: str) -> Mapping[str, str]:
    """Conditions in words by their names: their title, else what they ask for."""
    phrases = Phrases(pack, lang)
    titles = {one.name: one.title.say(lang) if one.title else phrases.phrase(one.test) for one in measure.conditions}
    return titles | {AMOUNT: _("金额")}
