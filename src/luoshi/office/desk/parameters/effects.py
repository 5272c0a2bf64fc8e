"""What a drafted value comes to, as its page shows it: by measure and by area, before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luoshi.office.desk.wording import Sum, money
from luoshi.office.runs.models import Preview
from luoshi.office.runs.trial import read_trial
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.simulating.summing import Figures


@dataclass(frozen=True)
class Line:
    """The figures of a measure or an area."""

    title: str
    figures: Figures
    before: Sum
    after: Sum
    difference: Sum
    rises: bool


@dataclass(frozen=True)
class Effect:
    """What a value comes to in its area. `day` is that of the snapshot."""

    day: date
    total: Line
    measures: tuple[Line, ...]
    areas: tuple[Line, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether nobody comes to anything else."""
        found = self.total.figures
        moved = (found.newly_eligible, found.no_longer_eligible, found.newly_undetermined, found.amount_changed)
        return not any(moved) and not found.difference


def find_effect(preview: Preview, pack: Pack, lang: str, name_of: Callable[[str], str]) -> Effect | None:
    """The effect of a value that was tried out; None where there was nothing to try it on, or nothing rests on it."""
    if preview.result is None:
        return None
    area = preview.setting.area
    found = read_trial(preview.result).within(area)
    titles = {name: measure.title.say(lang) for name, measure in pack.measures.items()}
    areas = {code: name_of(code) for code in found.by_area()}
    areas[area] = _("%(area)s本级") % {"area": name_of(area)}
    return Effect(
        day=found.on,
        total=_line("", found.total, lang),
        measures=_lines(found.by_measure(), titles, lang),
        areas=_lines(found.by_area(), areas, lang),
    )


def _lines(figures: Mapping[str, Figures], titles: Mapping[str, str], lang: str) -> tuple[Line, ...]:
    return tuple(_line(titles.get(key, key), found, lang) for key, found in figures.items())


def _line(title: str, found: Figures, lang: str) -> Line:
    before, after, difference = (money(one, lang) for one in (found.cost_before, found.cost_after, found.difference))
    return Line(title, found, before, after, difference, rises=found.difference > 0)
