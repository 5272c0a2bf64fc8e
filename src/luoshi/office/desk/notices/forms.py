"""What an office fills in about notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.office.notices.drafting import MOST_DAYS
from luoshi.office.notices.models import Notice, Objection, Reception

COMPLAINTS: dict[str, str | Promise] = {
    "over": _("这份公示已经到期，不用再撤下。"),
    "reason": _("请写明理由，两百字以内。"),
    "reasons": _("请写明理由，一千字以内。"),
    "digits": _("这里有一串长数字，像证件号、电话或账号。公示和答复里不能出现，请删去。"),
    "answered": _("这条异议已经有人答复过了，答复不能再改。"),
    "own": _("公示是您发布的，异议要由另一位同事答复。"),
    "no-case": _("选的这一项不在这条异议所指的范围里，请重新选。"),
    "no-paper": _("文件没有写公示天数，请写明天数由哪份文件规定。"),
    "days": _("公示天数要在 1 到 366 之间。"),
    "other-days": _("公示天数由文件规定，不能改。"),
}
"""What is said of a step that cannot be taken, by the kind of the error."""


class DaysForm(forms.Form):
    """For how long a notice is shown, and by which paper, where the policy itself names no number of days."""

    days = forms.IntegerField(label=_("公示几天"), min_value=1, max_value=MOST_DAYS)
    paper = forms.CharField(
        label=_("天数由哪份文件规定"), max_length=Notice.TEXT, help_text=_("写文号或文件名，会显示在公示里。")
    )


class TakeDownForm(forms.Form):
    """Why a notice is taken down before its end."""

    reason = forms.CharField(
        label=_("撤下的理由"),
        max_length=Notice.TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("撤下以后不能恢复；要再公示，天数从头算起。"),
    )


class AnswerForm(forms.Form):
    """What the office has found about an objection, and why."""

    upheld = forms.ChoiceField(
        label=_("核实结果"),
        choices=[("yes", _("异议成立：退回重新办理")), ("no", _("异议不成立"))],
        widget=forms.RadioSelect,
    )
    reference = forms.ChoiceField(label=_("涉及哪一项"), required=False)
    reasons = forms.CharField(
        label=_("理由"),
        max_length=Objection.ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("提出异议的人会读到。写清查了什么、依据什么；不要写证件号、电话、账号和病情。"),
    )

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(cases) > 1:
            self.fields["reference"].choices = [("", _("全部")), *cases]  # type: ignore[attr-defined] # it is a choice
        else:
            del self.fields["reference"]


class ReceptionForm(forms.Form):
    """Where objections are received besides the form, and within how many working days they are answered."""

    contact = forms.CharField(
        label=_("受理地址和电话"), max_length=Reception.CONTACT, help_text=_("会显示在辖区的每份公示里。")
    )
    answer_days = forms.IntegerField(label=_("几个工作日内答复"), min_value=1, max_value=MOST_DAYS)
