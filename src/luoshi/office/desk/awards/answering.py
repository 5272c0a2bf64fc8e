"""Steps that people take, answered: what was done, or why it was not, on the page they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import IO, Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.office.attachments import actions as attachments
from luoshi.office.attachments.errors import NotKept
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.desk.rows.complaints import by_column
from luoshi.office.notices.errors import NoticeError
from luoshi.office.registry.entering import Unfit
from luoshi.office.registry.errors import Refused
from luoshi.office.registry.shape import RegisterTable
from luoshi.office.treasury import errors as treasury

LEVELS = {
    "central": gettext_lazy("中央"),
    "province": gettext_lazy("省级"),
    "city": gettext_lazy("市级"),
    "county": gettext_lazy("县级"),
    "township": gettext_lazy("乡级"),
}


def tried(request: HttpRequest, step: Callable[[], Any], done: str, table: RegisterTable | None = None) -> bool:
    """Whether a step was taken; the person is told that, or why not. Nothing is kept of a step that was not."""
    try:
        step()
    except (NotAllowed, NotKept) as problem:
        messages.error(request, str(problem))
    except Unfit as problem:
        messages.error(request, _("“%(field)s”填得不对，请改。") % {"field": _title(table, str(problem))})
    except Refused as problem:
        told = by_column(table, problem.problems).values() if table is not None else map(str, problem.problems)
        messages.error(request, _("没有登记获奖者：") + " ".join(told))
    except treasury.Refused as problem:
        messages.error(request, _money(problem))
    except NoticeError as problem:
        messages.error(request, _("没有公示：%(told)s") % {"told": _notice(problem)})
    else:
        messages.success(request, done)
        return True
    return False


def keep_papers(files: Iterable[IO[bytes]], *, purpose: str, area: str, by: str) -> None:
    """The files are kept; `NotKept` says why one is not."""
    for file in files:
        attachments.keep(file, getattr(file, "name", ""), area=area, by=by, purpose=purpose)


def _title(table: RegisterTable | None, column: str) -> str:
    found = table.columns.get(column) if table is not None else None
    return found.title.zh if found is not None else column


def _money(problem: treasury.Refused) -> str:
    if isinstance(problem, treasury.Short):
        covers = _("、").join(str(LEVELS.get(one, one)) for one in problem.covers)
        gap = _("资金不够，还差 %(gap)s 元。") % {"gap": problem.gap}
        return gap + (_("按文件由%(covers)s补足。") % {"covers": covers} if covers else _("请财政先安排资金。"))
    if isinstance(problem, treasury.NeverCharged):
        return _("文件规定这一级不承担这项资金。请选文件所定的资金。")
    if isinstance(problem, treasury.YearClosed):
        return _("这项资金的这一年已经结账。请改资金年度。")
    return _("财政没有收下：%(told)s。请核对后再试。") % {"told": problem}


def _notice(problem: NoticeError) -> str:
    words = {
        "digits": _("名称里有一长串数字，可能是证件号或电话，不能公示。请先改名称。"),
        "no-name": _("有人选没有名称，不能公示。请先在台账里补名称。"),
        "days": _("公示天数不对。"),
        "no-paper": _("文件没有写公示几天，也没有写明定天数的文件。"),
    }
    return words.get(problem.kind, str(problem))
