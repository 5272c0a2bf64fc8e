"""Entries of a margin as sentences of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from luoshi.office.desk.margin import DutyEntry, Margin, MeasureEntry, ParameterEntry, TargetEntry
from luoshi.office.desk.printing.paper import Paragraph
from luoshi.office.desk.templatetags.desk import count, word


def sentences(margin: Margin) -> Iterator[Paragraph]:
    """Targets, measures, local values and duties of one clause, each a paragraph that its name begins."""
    yield from map(_target, margin.targets)
    yield from map(_measure, margin.measures)
    yield from map(_parameter, margin.parameters)
    if margin.duties:
        yield _duties(margin.duties)


def _target(entry: TargetEntry) -> Paragraph:
    said = [_("目标%(direction)s %(value)s") % {"direction": word(entry.direction, "direction"), "value": entry.value}]
    if entry.by:
        said.append(_("期限 %(day)s") % {"day": entry.by.isoformat()})
    if entry.reached:
        said.append(_("已达到 %(number)s") % {"number": entry.reached})
    if entry.state and entry.states and entry.areas > 1:
        facts = {"met": entry.states.met, "areas": entry.areas, "unknown": entry.states.unknown}
        said.append(_("%(areas)s 处中 %(met)s 处达标，%(unknown)s 处缺数据") % facts)
    elif entry.state:
        said.append(word(entry.state, "target"))
    else:
        said.append(_("此处没有判定"))
    return _paragraph(entry.title, said)


def _measure(entry: MeasureEntry) -> Paragraph:
    if entry.figures is None:
        said = [_("没有数字")]
    else:
        facts = {"eligible": count(entry.figures.eligible), "open": count(entry.figures.undetermined)}
        said = [_("符合 %(eligible)s，无法判定 %(open)s") % facts]
        if entry.amount:
            said.append(_("符合者金额 %(sum)s") % {"sum": f"{entry.amount.digits} {entry.amount.unit}"})
    if entry.funds:
        said.append(_("资金：") + str(_("、")).join(entry.funds))
    return _paragraph(entry.title, said)


def _parameter(entry: ParameterEntry) -> Paragraph:
    found = entry.value
    if entry.state == "below":
        found = _("下级 %(count)s 处已设定") % {"count": entry.count}
    return _paragraph(_("本地设定：%(title)s") % {"title": entry.title}, [found or _("还没有设定")])


def _duties(entries: tuple[DutyEntry, ...]) -> Paragraph:
    said = []
    for entry in entries:
        due = entry.by.isoformat() if entry.by else entry.due or (word(entry.every, "every") if entry.every else "")
        facts = {"title": entry.title, "facts": _("；").join(filter(None, (entry.actor, due, _fulfilled(entry))))}
        said.append(_("%(title)s（%(facts)s）") % facts)
    return _paragraph(_("职责"), said)


def _fulfilled(entry: DutyEntry) -> str:
    """How a duty stands: one row in a word, several as a number of them."""
    if entry.state is None or entry.told is None:
        return ""
    if entry.rows == 1:
        return word(entry.state, "duty")
    return _("%(done)s / %(rows)s 条完成") % {"done": count(entry.told.done), "rows": count(entry.rows)}


def _paragraph(name: str, said: list[str]) -> Paragraph:
    return Paragraph(_("；").join(said) + _("。"), name=name + _("："))
