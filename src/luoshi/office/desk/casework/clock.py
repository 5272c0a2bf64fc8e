"""How much time a task has left, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.office import workdays
from luoshi.office.casework.models import Task

SOON = 2
"""So many days before its end a term is shown as near."""


@dataclass(frozen=True)
class Clock:
    """The time left in words; `tone` is late, open (near) or none."""

    words: str
    tone: str


def clock(task: Task, today: date, kind: str = "working") -> Clock | None:
    """The time that a task has left, in days of a kind; None for one without a term."""
    if task.paused_on is not None:
        return Clock(_("停计时限，自 %(day)s 起：%(reason)s") % _pause(task), "none")
    if task.due is None:
        return None
    days = (task.due - today).days if kind == "calendar" else workdays.between(today, task.due)
    if today > task.due:
        return Clock(_late(max(-days, 1), kind), "late")
    if days <= 0:
        return Clock(_("今天到期"), "open")
    return Clock(_left(days, kind), "open" if days <= SOON else "none")


def _pause(task: Task) -> dict[str, object]:
    return {"day": task.paused_on, "reason": task.pause_reason}


def _late(days: int, kind: str) -> str:
    if kind == "calendar":
        return ngettext("已超期 %(days)s 天", "已超期 %(days)s 天", days) % {"days": days}
    return ngettext("已超期 %(days)s 个工作日", "已超期 %(days)s 个工作日", days) % {"days": days}


def _left(days: int, kind: str) -> str:
    if kind == "calendar":
        return ngettext("还剩 %(days)s 天", "还剩 %(days)s 天", days) % {"days": days}
    return ngettext("还剩 %(days)s 个工作日", "还剩 %(days)s 个工作日", days) % {"days": days}
