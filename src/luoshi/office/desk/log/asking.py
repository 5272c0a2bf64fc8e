"""What somebody asks the log for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.office.accounts.errors import AccountError
from luoshi.office.audit.queries import Asked
from luoshi.office.desk.events import KINDS
from luoshi.office.desk.people.forms import ALL, Day
from luoshi.office.desk.people.places import Places
from luoshi.office.desk.people.wording import refusal_words


class AskForm(forms.Form):
    """Who, what, to what, where, when; whatever is left empty is not asked."""

    actor = forms.CharField(label=_("谁（账号）"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("哪类事"), required=False, choices=[ALL, *KINDS.items()])
    subject = forms.CharField(
        label=_("对象"), required=False, max_length=200, widget=forms.TextInput({"placeholder": "account:chen"})
    )
    area = forms.CharField(label=_("区划"), required=False, max_length=60, widget=forms.TextInput({"list": "areas"}))
    since = Day(label=_("从"), required=False)
    until = Day(label=_("到"), required=False)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places

    def clean_area(self) -> str:
        """The code of an area."""
        try:
            return self._places.code_of(self.cleaned_data["area"])
        except AccountError as problem:
            raise ValidationError(refusal_words(problem)) from None

    def asked(self) -> Asked:
        """The question; days are whole days here."""
        given = self.cleaned_data
        until: date | None = given["until"]
        return Asked(
            actor=given["actor"],
            kind=given["kind"],
            subject=given["subject"],
            area=given["area"],
            since=_midnight(given["since"]),
            until=_midnight(until + timedelta(days=1)) if until else None,
        )

    def kept(self) -> dict[str, str]:
        """What was filled in, for the next address."""
        return {name: str(self.data[name]) for name in self.fields if self.data.get(name)}


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
