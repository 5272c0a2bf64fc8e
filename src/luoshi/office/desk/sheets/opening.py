"""A sheet as somebody has opened it: its rules, what its owners are called, what the person may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.office.accounts.models import User
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import root_of, scope_of
from luoshi.office.desk.sheets.calling import called
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.sheets import queries
from luoshi.office.sheets.desks import Actor, may_confirm, may_enter
from luoshi.office.sheets.drafting import Rules
from luoshi.office.sheets.errors import SheetError
from luoshi.office.sheets.lines import Line
from luoshi.office.sheets.models import Sheet
from luoshi.office.sheets.periods import Period
from luoshi.office.sheets.recording import Moment
from luoshi.rulebook.model.sheets import Sheet as Block


@dataclass(frozen=True)
class Opened:
    """A sheet and whoever opened it."""

    sheet: Sheet
    actor: Actor
    names: Names
    today: date

    @cached_property
    def rules(self) -> Rules:
        """The rules of the sheet."""
        return queries.rules(self.sheet, self.today)

    @property
    def block(self) -> Block:
        """The sheet as the policy has it."""
        return self.rules.block

    @cached_property
    def lines(self) -> list[Line]:
        """Its lines as they stand now."""
        return queries.lines(self.sheet, self.today)

    @cached_property
    def called(self) -> Mapping[RowId, str]:
        """What the owners are called."""
        return called(self.names, self.rules.owner_register, [line.owner for line in self.lines])

    @cached_property
    def places(self) -> Mapping[RowId, str]:
        """What their areas are called."""
        return self.names.of(DIVISIONS, [*(line.area for line in self.lines if line.area), self.sheet.area])

    @property
    def may_enter(self) -> bool:
        """Whether the person enters in it."""
        return may_enter(self.rules.pack, self.block, self.sheet.area, self.actor)

    @property
    def may_confirm(self) -> bool:
        """Whether the person sits where it is confirmed."""
        return may_confirm(self.rules.pack, self.block, self.sheet.area, self.actor)


def open_sheet(request: HttpRequest, number: int) -> Opened:
    """The sheet that an address names, within what the person may see; anything else is not found."""
    scope, today = scope_of(request), timezone.localdate()
    sheet = queries.find_sheet(number, scope.area)
    if sheet is None:
        raise Http404
    pack = queries.pack_of(sheet, today)
    root = root_of(pack, scope)
    if root is None or sheet.block not in pack.sheets:
        raise Http404
    return Opened(sheet, actor_of(request), Names(pack, root, reader_language()), today)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, with the appointment of the day."""
    assert isinstance(request.user, User)
    user = request.user
    department = user.appointment.department if user.appointment else ""
    return Actor(user.username, user.role, user.scope.area, department)


def moment_of(request: HttpRequest) -> Moment:
    """Who asks, and now."""
    return Moment(actor_of(request), timezone.now(), origin_of(request))


def period_in_words(period: Period) -> str:
    """A period as it is said."""
    year, month = period.start.year, period.start.month
    forms = {
        "year": _("%(year)s年") % {"year": year},
        "quarter": _("%(year)s年第%(quarter)s季度") % {"year": year, "quarter": (month + 2) // 3},
        "month": _("%(year)s年%(month)s月") % {"year": year, "month": month},
    }
    return forms[period.every]


def in_words(error: SheetError) -> str:
    """Why a step cannot be taken, and what to do."""
    return {
        "state": _("这张表刚才有人办理过，下面是现在的情况。"),
        "early": _("这一期还没有结束，到最后一天才能上报。填的内容已经保存。"),
        "hand": _("填报和确认不能是同一个人，请换一位同事确认。"),
        "nothing": _("还没有可以办理的行。"),
        "note": _("没有写明理由或依据，或者太长。请写在 500 字以内。"),
        "desk": _("这张表由别的机构办理，没有改动。"),
        "payee": _("有人的收款资料查不到，没有列入。请先在台账里补上。"),
    }[error.kind]


def office_names(opened: Opened, offices: Sequence[str]) -> str:
    """The offices in words."""
    lang, pack = opened.names.lang, opened.rules.pack
    return _("、").join(pack.offices[name].title.say(lang) for name in offices)
