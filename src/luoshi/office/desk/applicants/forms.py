"""The form with which an account is opened for somebody."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.office.applicants.phones import find_mobile
from luoshi.office.applicants.proxies import LONGEST

MONTH = timedelta(days=30)


class OpenForm(forms.Form):
    """Who it is for, by number and name as on their card; until when one acts for them, and why."""

    number = forms.CharField(label=_("身份证号"), max_length=30, widget=forms.TextInput({"autocomplete": "off"}))
    name = forms.CharField(label=_("姓名"), max_length=60, widget=forms.TextInput({"autocomplete": "off"}))
    phone = forms.CharField(
        label=_("本人手机号"),
        max_length=20,
        required=False,
        help_text=_("没有手机的不填。填了，本人以后可以自己登录。"),
    )
    until = forms.DateField(label=_("代办到哪天"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("为什么代办"), max_length=200, help_text=_("本人会看到。例如：没有手机；不识字。"))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # passed on as they come
        self._today = today
        self.fields["until"].initial = today + MONTH

    def clean_until(self) -> date:
        """A day from today on, within the longest time."""
        until: date = self.cleaned_data["until"]
        if not self._today <= until <= self._today + LONGEST:
            days = LONGEST.days
            raise forms.ValidationError(_("代办最短到今天，最长 %(days)d 天。"), params={"days": days})
        return until

    def clean_phone(self) -> str:
        """A mobile number, or nothing."""
        phone: str = self.cleaned_data["phone"]
        if phone.strip() and find_mobile(phone) is None:
            raise forms.ValidationError(_("这不像手机号。请填 11 位数字，或者不填。"))
        return phone


class OperatorForm(forms.Form):
    """Whose phone it is, and what they have shown to prove that they may deal for the row."""

    phone = forms.CharField(
        label=_("经办人手机号"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "tel"}),
        help_text=_("用这部手机登录，不用密码。"),
    )
    name = forms.CharField(label=_("来人姓名"), max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
    paper = forms.CharField(
        label=_("看过什么材料"), max_length=150, help_text=_("例如：营业执照原件和法定代表人身份证；加盖公章的委托书。")
    )

    def clean_phone(self) -> str:
        """A mobile number."""
        phone: str = self.cleaned_data["phone"]
        if find_mobile(phone) is None:
            raise forms.ValidationError(_("这不像手机号。请填 11 位数字。"))
        return phone
