"""What is wrong with a row that somebody writes, in words: what was expected, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from luoshi.office.registry.errors import Problem
from luoshi.office.registry.shape import Column, RegisterTable
from luoshi.office.registry.storing import MOST_REASON
from luoshi.rulebook.model.types import Code, Date, Number, Ref


def expected(column: Column) -> str:
    """What a field takes."""
    kind = column.type
    if isinstance(kind, Number):
        most = kind.digits - kind.places
        if not kind.places:
            return _("要写整数，最多 %(most)s 位。") % {"most": most}
        return _("要写数字，小数点前最多 %(most)s 位，后面最多 %(places)s 位。") % {"most": most, "places": kind.places}
    if isinstance(kind, Date):
        return _("要写真实的日期，例如 2019-07-14。")
    if isinstance(kind, Code):
        return _("要从列出的几项里选一项。")
    if isinstance(kind, Ref):
        return _("要写您辖区里登记的一行。")
    return _("有不能保存的符号，或超过两千字。")


def by_column(table: RegisterTable, problems: Iterable[Problem]) -> Mapping[str, str]:
    """Problems in words; those of the whole row under ""."""
    found: dict[str, str] = {}
    for problem in problems:
        name = problem.column if problem.column in table.columns else ""
        words = _words(table, problem)
        found[name] = f"{found[name]} {words}" if name in found else words
    return found


def _words(table: RegisterTable, problem: Problem) -> str:
    if problem.kind == "key":
        if problem.told:
            return _("编号 %(number)s 已经用了这个关键信息。若是同一个对象，请去疑似重复里合并。") % {
                "number": problem.told
            }
        return _("另有一行已经用了这个关键信息，它不在您的辖区。请联系上级核对。")
    whole = {
        "reference": _("您的辖区里没有这一行。请核对，或重新查找。"),
        "place": _("这样改以后，这一行不在您的辖区。要转到别处，请上级来办。"),
        "empty": _("一项内容都没有写。"),
        "reason": _("请写明理由，不超过 %(most)s 字。") % {"most": MOST_REASON},
        "source": _("请写明资料来源，不超过 %(most)s 字。") % {"most": MOST_REASON},
        "id": _("行政区划由国家编码，不在这里新增。"),
        "version": _("编号 %(number)s 后来又改过。") % {"number": problem.told},
    }
    if problem.kind in whole:
        return whole[problem.kind]
    column = table.columns.get(problem.column)
    return expected(column) if column else _("台账没有这一项。")
