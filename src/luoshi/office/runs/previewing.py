"""What a drafted value would come to: the newest snapshot decided as things stand, and with the value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models.functions import Now

from luoshi.office.runs import actions, local, queries, trial
from luoshi.office.runs.models import Installed, LocalSetting, Preview, Run
from luoshi.office.runs.proposing import resting
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.simulating import Side
from luoshi.rulebook.simulating.resting import Resting
from luoshi.rulebook.simulating.side import only_measures
from luoshi.rulebook.values.area_code import LENGTHS, level_of

State = Run.State


class Overtaken(RuntimeError):
    """The draft was changed or withdrawn while it was tried out."""


def carry_out(preview_id: int) -> Preview | None:
    """Try a drafted value out and keep what it comes to. None where the draft is gone, or was tried out already."""
    begun = Preview.objects.filter(id=preview_id, state__in=[State.WAITING, State.RUNNING])
    if not begun.update(state=State.RUNNING, done=0):
        return None
    preview = Preview.objects.select_related("setting").get(id=preview_id)
    try:
        found = _tried(preview)
    except Overtaken:
        return None
    except Exception as problem:
        failed = {"state": State.FAILED, "problem": actions.in_words(problem), "finished_at": Now()}
        Preview.objects.filter(id=preview_id).update(**failed)
        raise
    result = found.as_json() if found else None
    Preview.objects.filter(id=preview_id).update(state=State.FINISHED, result=result, finished_at=Now())
    preview.refresh_from_db()
    return preview


def _tried(preview: Preview) -> trial.Trial | None:
    """The trial of the value; None where nothing was ever run, or no measure rests on it."""
    setting = preview.setting
    run = queries.newest_run(setting.pack_id)
    installed = queries.adoption_of(setting.pack_id)
    if run is None or installed is None or not trial.snapshot_of(run).is_dir():
        return None
    before = Side(*_fitting(installed, run))
    names = resting(before.pack, setting.name)
    if not names:
        return None
    before = _narrowed(before, names)
    after = with_setting(before, setting)

    def told(done: int, steps: int, label: str) -> None:
        under_way = Preview.objects.filter(id=preview.id, state=State.RUNNING)
        if not under_way.filter(setting__state=LocalSetting.State.DRAFTED).exists():
            raise Overtaken
        under_way.update(done=done, steps=steps)

    return trial.attempt(run, before, after, level=level_below(setting.area), progress=told)


def _fitting(installed: Installed, run: Run) -> tuple[Pack, date, tuple[LocalValue, ...]]:
    """The pack as it holds today with the values of the run's day: what a value is set beside."""
    pack, values = local.fitting(actions.decided_pack(installed), run.on)
    return pack, run.on, values


def with_setting(side: Side, setting: LocalSetting) -> Side:
    """The side with a value as if it held in its area already on the day of the side."""
    value = local.read(setting, side.pack, Findings())
    held = tuple(one for one in side.local if (one.name, one.area) != (setting.name, setting.area))
    if value is None or value.value is None:
        return replace(side, local=(*held, LocalValue(setting.name, None, setting.area, side.on)))
    return replace(side, local=(*held, replace(value, start=side.on)))


def level_below(area: str) -> str:
    """The level of the areas just below an area, its own where there is none below."""
    own = LENGTHS[level_of(area)]
    return next((level for level, length in LENGTHS.items() if length > own), level_of(area))


def _narrowed(side: Side, names: tuple[str, ...]) -> Side:
    """The side with the measures named and those that they rest on; in force, whatever the day is."""
    found = Resting(side.pack)
    behind = {key for name in names for kind, key in found.behind_measure(name) if kind == "measures"}
    narrow = only_measures(side, {*names, *behind})
    return narrow if narrow.pack.policy.in_force(narrow.on) else replace(narrow, as_if_in_force=True)
