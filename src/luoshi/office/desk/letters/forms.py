"""What people give: a template, the words of numbers, why a letter is voided, what they look for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Series
from luoshi.office.letters.packages import MOST_BYTES


class TemplateForm(forms.Form):
    """A Word template of an office."""

    file = forms.FileField(
        label=_("改好的 .docx 文件"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("请选一个 .docx 文件。")},
    )
    note = forms.CharField(label=_("说明（改了什么）"), required=False, max_length=200)

    def content(self) -> bytes:
        """The file; one sign more than is allowed of one that is too large."""
        return bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))


class SeriesForm(forms.Form):
    """How an office words its numbers."""

    words = forms.CharField(
        label=_("文号的代字"),
        max_length=Series._meta.get_field("words").max_length,
        help_text=_("只写年份前面的字，如“某人社发”；后面的〔年份〕和号由系统接着编，不跳号。"),
    )


class VoidForm(forms.Form):
    """Why a letter does not hold any more."""

    reason = forms.CharField(label=_("作废的理由"), max_length=200)


class AskForm(forms.Form):
    """Which issued letters are looked for."""

    kind = forms.ChoiceField(label=_("种类"), required=False)
    number = forms.CharField(label=_("文号中的字"), required=False, max_length=60)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        chosen = self.fields["kind"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("全部")), *Kind.choices]


class CheckForm(forms.Form):
    """A number and the code that stands on the letter."""

    number = forms.CharField(label=_("文号"), max_length=60, help_text=_("照纸上写，如 某人社发〔2026〕12号。"))
    code = forms.CharField(label=_("校验码"), max_length=20, help_text=_("写在纸的最后，十二位，连字符可以不写。"))
