"""The kinds of letters: a closed list, the same for every programme."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a letter is."""

    APPLICATION = "application", _("申请表")
    REVIEW = "review", _("审核表")
    SUPPLEMENT = "supplement", _("补正通知")
    NOTICE = "notice", _("公示")
    DECISION = "decision", _("决定书")
    REFUSAL = "refusal", _("不予支持告知书")
    CERTIFICATE = "certificate", _("证书")
    PAYMENT_LIST = "payment-list", _("发放花名册")


NUMBERED = frozenset({Kind.SUPPLEMENT, Kind.NOTICE, Kind.DECISION, Kind.REFUSAL, Kind.CERTIFICATE})
"""Kinds that get a number of their office when they are issued. Forms and lists are filed without one."""
