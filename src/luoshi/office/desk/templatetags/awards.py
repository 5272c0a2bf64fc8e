"""Words and places of the pages of award rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

PAYMENTS: Mapping[str, str | Promise] = {
    "due": _("待付"),
    "listed": _("已列入批次"),
    "sent": _("已送银行"),
    "paid": _("已支付"),
    "failed": _("支付失败"),
    "released": _("已撤销"),
}


@register.filter
def nth(texts: Sequence[str], place: int) -> str:
    """The text at a place, counted from 0; "" where there is none."""
    return texts[place] if place < len(texts) else ""


@register.filter
def payment(state: str) -> str:
    """What has become of a payment."""
    return str(PAYMENTS.get(state, state))
