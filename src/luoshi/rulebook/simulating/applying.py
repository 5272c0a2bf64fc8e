"""From one side of a simulation to the other: an overlay applied, or refused with every reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused, Where
from luoshi.rulebook.simulating.causes import Causes
from luoshi.rulebook.simulating.differing import changes_between
from luoshi.rulebook.simulating.overlay import Overlay, Setting
from luoshi.rulebook.simulating.setting_values import read_value, with_value
from luoshi.rulebook.simulating.side import Side
from luoshi.rulebook.simulating.switching import find_switched, switched_off, switched_on


def applied(before: Side, overlay: Overlay, edited: Side | None = None) -> Side:
    """The side that an overlay makes of another, or `Refused`: also when a part of it, or all of it, changes nothing.

    `edited` is the side of an edited pack, which takes the place of `before` before anything else is changed.
    """
    findings = Findings()
    side = _edited(before, edited, findings) if edited is not None else before
    side = _on_day(side, overlay, findings)
    for setting in sorted(overlay.settings, key=lambda item: len(item.area)):
        side = _set(side, setting, findings)
    side = _switched(side, overlay, findings)
    if not findings:
        _check_effect(before, side, findings)
    if findings:
        raise Refused(findings.sorted())
    return side


def _edited(before: Side, edited: Side, findings: Findings) -> Side:
    if not changes_between(before, replace(edited, on=before.on)):
        findings.add("SIM-008", Where(edited.pack.policy.id))
    return edited


def _on_day(side: Side, overlay: Overlay, findings: Findings) -> Side:
    if overlay.day is None:
        return side
    if overlay.day == side.on:
        findings.add("SIM-007", Where(), seen=side.on.isoformat())
    return replace(side, on=overlay.day)


def _set(side: Side, setting: Setting, findings: Findings) -> Side:
    value = read_value(setting, side.pack, findings)
    if value is None:
        return side
    changed = with_value(side, setting.name, value, setting.area)
    if not changes_between(side, changed):
        findings.add("SIM-002", setting.where, name=setting.name, seen=value)
    return changed


def _switched(side: Side, overlay: Overlay, findings: Findings) -> Side:
    """What is named as off and as on is left as it is: that changes nothing."""
    both = set(overlay.off) & set(overlay.on)
    for name in sorted(both):
        findings.add("SIM-009", Where(name), name=name)
    for name in (item for item in overlay.off if item not in both):
        side = _turned(side, name, switched_off, findings)
    for name in (item for item in overlay.on if item not in both):
        side = _turned(side, name, switched_on, findings)
    return side


def _turned(side: Side, name: str, turn: Callable[[Pack, str, str], Pack], findings: Findings) -> Side:
    found = find_switched(name, side.pack, findings)
    if found is None:
        return side
    changed = replace(side, pack=turn(side.pack, *found))
    if not changes_between(side, changed):
        findings.add("SIM-009", Where(name), name=name)
    return changed


def _check_effect(before: Side, after: Side, findings: Findings) -> None:
    """Note when no measure can come out otherwise: nothing differs in the end, or no measure rests on what does."""
    changes = changes_between(before, after)
    if not changes:
        findings.add("SIM-001", Where())
    elif not Causes(before, after, changes).touched():
        findings.add("SIM-011", Where(), names=[change.name for change in changes])
