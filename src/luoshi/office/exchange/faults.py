"""What is wrong with an import, in words: the problems of cells, and what only a look at the registers shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.office.exchange.books import Problem, Told
from luoshi.office.exchange.models import Fault
from luoshi.rulebook.model.bases import Bilingual

OF_ROWS: Mapping[str, tuple[object, object]] = {
    "empty": (gettext_lazy("必填的一格空着"), gettext_lazy("请填上；没有它就不知道这一行说的是谁、是什么")),
    "division": (gettext_lazy("本辖区没有这个地方"), gettext_lazy("请写区划代码或全名；辖区以外的请删去这一行")),
    "reference": (gettext_lazy("本辖区的台账里没有这一条"), gettext_lazy("请核对后改正，或者先登记它所指的那一条")),
    "ambiguous": (gettext_lazy("能对上的不止一条"), gettext_lazy("请写全，各部分用 | 分开，区划也可以写代码")),
    "double": (gettext_lazy("和前面一行说的是同一个"), gettext_lazy("请只留一行")),
    "elsewhere": (gettext_lazy("台账里已经有，但不在本辖区"), gettext_lazy("请删去这一行，或者请上级单位办理")),
    "outside": (gettext_lazy("看不出属于本辖区"), gettext_lazy("请填写本辖区的地方；辖区以外的请删去这一行")),
    "several": (gettext_lazy("台账里有几条能对上"), gettext_lazy("请先在台账里处理重复的登记")),
}
"""By kind: what is wrong, and what to do."""


@dataclass(frozen=True)
class Shown(Problem):
    """A problem as an import keeps it, of a cell or of a row."""

    def told(self) -> Told:
        """The problem in words of the active language."""
        if self.kind not in OF_ROWS:
            return super().told()
        wrong, todo = map(str, OF_ROWS[self.kind])
        if self.kind == "double" and self.seen:
            wrong = _("和第 %(row)s 行说的是同一个") % {"row": self.seen}
        elif self.seen:
            wrong = _("%(wrong)s：%(seen)s") % {"wrong": wrong, "seen": self.seen}
        return Told(wrong, "", todo)


def worded(kind: str) -> str:
    """What a kind of fault is."""
    return Shown(kind).told().wrong


def shown(fault: Fault) -> Shown:
    """A kept fault as the problem that it was."""
    expected = Bilingual(fault.expected_zh, fault.expected_en)
    return Shown(fault.kind, fault.sheet, fault.row, fault.letter, fault.title, fault.seen, expected)
