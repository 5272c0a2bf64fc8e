"""Messages to whoever applied by themselves: that a case moved, and where to look. Never about what, or about whom."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from luoshi.office.applicants import actions as applicants
from luoshi.office.casework.models import Case
from luoshi.office.casework.moments import Moment
from luoshi.office.connectors.outbox import Message
from luoshi.office.connectors.sending import send

APPLICANT, KIND, LANGUAGE = "applicant", "case", "zh-hans"


def sent_back(case: Case, at: Moment) -> None:
    """Something is to be put right or brought."""
    _tell(case, at, lambda: _("您的办件 %(number)s 需要补正，请登录“我的办件”查看。"))


def decided(case: Case, at: Moment) -> None:
    """It was decided; what, the page says."""
    _tell(case, at, lambda: _("您的办件 %(number)s 已有决定，请登录“我的办件”查看结果、理由和救济途径。"))


def paid(case: Case, at: Moment) -> None:
    """The money was paid out."""
    _tell(case, at, lambda: _("您的办件 %(number)s 的资金已发放，请核对账户。没有收到的，请联系办理机关。"))


def _tell(case: Case, at: Moment, words: Callable[[], str]) -> None:
    kind, _colon, number = case.opened_by.partition(":")
    applicant = applicants.find(int(number)) if kind == APPLICANT and number.isdigit() else None
    phone = applicants.phone_of(applicant) if applicant is not None else None
    if phone is None:
        return
    with translation.override(LANGUAGE):
        send(Message(phone, words() % {"number": case.number}, KIND), at.now)
