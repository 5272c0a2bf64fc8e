"""Asking for a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luoshi.rulebook.values.calendar import FIRST, LAST


class DayInput(forms.DateInput):
    """A day, chosen in the browser's calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AskForm(forms.Form):
    """A policy and a day."""

    pack = forms.ChoiceField(label=_("政策"))
    on = forms.DateField(label=_("截至哪一天"), widget=DayInput)

    def __init__(self, *args: Any, packs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack"].choices = packs  # type: ignore[attr-defined] # a field of choices has them

    def clean_on(self) -> date:
        """A day that the rules know."""
        day: date = self.cleaned_data["on"]
        if not FIRST <= day <= LAST:
            raise ValidationError(_("没有这样的日期。请核对年份。"))
        return day
