"""Acts, what they come to, and how things stand, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.office.casework.models import Case, Claim

Words = Mapping[str, str | Promise]

ACTS: Words = {
    "apply": _("申请"),
    "check": _("核对"),
    "opinion": _("出具意见"),
    "meet": _("开会评议"),
    "notice": _("公示"),
    "decide": _("决定"),
    "tell": _("告知"),
    "certify": _("发证"),
    "pay": _("支付"),
    "record": _("记录"),
    "review": _("复核"),
}
RESULTS: Words = {
    "handed_in": _("提交"),
    "in_order": _("核对无误"),
    "not_in_order": _("核对不符，说明情况后交决定"),
    "sent_back": _("退回补正"),
    "for": _("同意"),
    "against": _("不同意"),
    "passed": _("评议通过"),
    "not_passed": _("评议没有通过"),
    "clear": _("公示没有问题"),
    "upheld": _("公示的异议成立"),
    "granted": _("批准"),
    "refused": _("不批准"),
    "told": _("已经告知"),
    "given": _("已经发证"),
    "paid": _("已经支付"),
    "done": _("已经办理"),
    "keep": _("保留"),
    "rectify": _("限期整改"),
    "withdraw": _("撤销"),
    "dropped": _("不用再办"),
}
"""What somebody may do at a step, or what it came to."""
WAYS: Words = {
    "letter": _("送达书面通知"),
    "visit": _("当面告知"),
    "phone": _("电话告知"),
    "message": _("短信或消息"),
}
"""How somebody was told."""
PAYMENTS: Words = {
    "due": _("待付"),
    "listed": _("已列入批次"),
    "sent": _("已送银行"),
    "paid": _("已支付"),
    "failed": _("支付失败"),
    "released": _("已撤销"),
}
TONES: Mapping[str, str] = {
    Case.State.DRAFT: "none",
    Case.State.RUNNING: "open",
    Case.State.GRANTED: "fine",
    Case.State.REFUSED: "late",
    Case.State.DONE: "fine",
    Case.State.WITHDRAWN: "none",
    Claim.State.ASKED: "open",
    "due": "open",
    "listed": "open",
    "sent": "open",
    "paid": "fine",
    "failed": "late",
    "released": "none",
    "valid": "fine",
    "rectify": "open",
    "sent_back": "open",
    "not_in_order": "open",
    "against": "open",
    "not_passed": "open",
    "upheld": "open",
}
"""How something that stands so is coloured; what is not named here is done well."""
AGAINST = frozenset({"refused", "sent_back", "not_in_order", "against", "not_passed", "withdraw", "rectify"})
"""Results that say no, or ask for more."""


def act_words(act: str) -> str:
    """An act in words."""
    return str(ACTS.get(act, act))


def result_words(result: str) -> str:
    """A result in words."""
    return str(RESULTS.get(result, result))


def tone(state: str) -> str:
    """The colour of a state."""
    return TONES.get(state, "fine")
