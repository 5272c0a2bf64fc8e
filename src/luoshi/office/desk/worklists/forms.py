"""What people fill in on worklists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.office.worklists.actions import LONGEST_NOTE
from luoshi.office.worklists.models import Contact, Finding

COMPLAINTS: dict[str, str | Promise] = {
    "how": _("填了告知日期，也要选告知方式；选了方式，也要填日期。"),
    "to come": _("告知和申请的日期不能在今天以后。"),
    "ask again": _("再次询问的日期要在今天以后。"),
    "reason": _("请写明理由或采取的措施。"),
    "settled": _("最近一次判定已经不再发现这个问题，不用处理了。"),
    "state": _("请在列出的几种处理结果里选一种。"),
    "long": _("说明太长，请写在五百字以内。"),
}
"""What is said of a step that cannot be taken, by the reason that the action gives."""


class DayInput(forms.DateInput):
    """A day, picked as browsers let people pick days."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ContactForm(forms.Form):
    """When and how somebody was told, when they applied, when to ask again. There is no field for anything else."""

    told_on = forms.DateField(label=_("告知日期"), required=False, widget=DayInput)
    how = forms.ChoiceField(label=_("告知方式"), required=False, choices=[("", _("未选")), *Contact.How.choices])
    applied_on = forms.DateField(label=_("申请日期"), required=False, widget=DayInput)
    ask_again_on = forms.DateField(label=_("到哪天再询问"), required=False, widget=DayInput)


class NoticeForm(forms.Form):
    """The day of a notice that told everybody on a list."""

    on = forms.DateField(label=_("告知日期"), widget=DayInput)
    sure = forms.BooleanField(label=_("名单上的人都已看到或收到"))


class HandlingForm(forms.Form):
    """What is done about a finding, why, and until when."""

    state = forms.ChoiceField(label=_("处理结果"), choices=Finding.State.choices)
    note = forms.CharField(
        label=_("理由或措施"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    due = forms.DateField(label=_("办结期限"), required=False, widget=DayInput)
