"""What people type to set a value, or to end one: checked against the text, and refused in its words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from luoshi.office.desk.parameters.book import Book
from luoshi.office.desk.parameters.units import bounds_in_words, number_typed, number_written, unit_of
from luoshi.office.desk.runs.forms import DayInput
from luoshi.office.registry.areas import Area
from luoshi.rulebook.inputs.settings import is_within
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model.blocks import Assumption, ParameterDef
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import Bool, Code, Date, Number
from luoshi.rulebook.values.calendar import FIRST, LAST

YES, NO = "true", "false"


class DocumentForm(forms.Form):
    """The area, the day, and the paper that says so."""

    area = forms.ChoiceField(label=_("地区"))
    start = forms.DateField(label=_("从哪天起"), widget=DayInput)
    document = forms.CharField(label=_("依据的文件名称"), max_length=200)
    document_number = forms.CharField(label=_("文号"), max_length=80)
    document_date = forms.DateField(label=_("发文日期"), widget=DayInput)
    file = forms.FileField(label=_("文件扫描件或电子版"), widget=forms.FileInput)

    def __init__(self, *args: Any, areas: Sequence[Area], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["area"].choices = [(one.code, one.name) for one in areas]  # type: ignore[attr-defined] # has choices
        self.fields["file"].help_text = _("PDF、Word、Excel、JPEG 或 PNG，不超过 20 MB。")
        self.fields["file"].widget.attrs["accept"] = ".pdf,.doc,.docx,.xls,.xlsx,.jpg,.jpeg,.png"

    def clean_start(self) -> date:
        """A day within the calendar of the rules."""
        return _real(self.cleaned_data["start"])

    def clean_document_date(self) -> date | None:
        """The day of a paper that has been issued."""
        issued: date | None = self.cleaned_data["document_date"]
        if issued is not None and issued > self._today:
            raise ValidationError(_("发文日期在今天以后。请核对。"))
        return issued

    @property
    def uploaded(self) -> UploadedFile[Any] | None:
        """The file, where one was chosen."""
        found: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return found


class SettingForm(DocumentForm):
    """A value of a parameter or a reading."""

    field_order = ("area", "value", "start", "document", "document_number", "document_date", "file")

    def __init__(self, *args: Any, book: Book, item: ParameterDef | Assumption, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._book, self._item = book, item
        self.fields["value"] = _reading(book, item) if isinstance(item, Assumption) else _parameter(book, item)
        self.order_fields(self.field_order)

    def clean_value(self) -> str:
        """The value as files write it, of the right type and within the bounds."""
        typed, item = self.cleaned_data["value"], self._item
        if isinstance(item, Assumption):
            return str(typed)
        try:
            text = number_written(item, typed) if isinstance(item.type, Number) else _plain(typed)
            value = typed_value(item.type, text)
        except (ValueError, Mismatch) as problem:
            raise ValidationError(_expected(item, self._book.lang), params={"seen": typed}) from problem
        local = item.local
        if local is not None and isinstance(item.type, Number) and not is_within(value, local):  # type: ignore[arg-type] # a number by its type
            entry = self._book.entry(item)
            seen = self._book.worded(item, value)
            facts = {"cited": entry.cited, "bounds": bounds_in_words(item, self._book.lang), "seen": seen}
            raise ValidationError(_("文件（%(cited)s）规定：%(bounds)s。您填的是 %(seen)s，请改。"), params=facts)
        return text


class EndForm(DocumentForm):
    """A value that ends from a day on."""

    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("area", "start", "reason", "document", "document_number", "document_date", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("document", "document_number", "document_date", "file"):
            self.fields[name].required = False
        self.fields["start"].help_text = _("今天或以后。以前的判定不变。")

    def clean_start(self) -> date:
        """Today or later: what was decided stays decided."""
        start = _real(self.cleaned_data["start"])
        if start < self._today:
            raise ValidationError(_("只能从今天或以后停止。以前的值填错了，请重新设定同一天的值。"))
        return start


class RefusalForm(forms.Form):
    """Why a proposal is refused."""

    reason = forms.CharField(label=_("不同意的原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def _parameter(book: Book, item: ParameterDef) -> forms.Field:
    """The field for a value of a parameter, by its type."""
    if isinstance(item.type, Bool):
        choices = [(YES, _("是")), (NO, _("否"))]
        return forms.ChoiceField(label=_("值"), choices=choices, widget=forms.RadioSelect)
    if isinstance(item.type, Code):
        codes = [(code, item.codes[code].say(book.lang) if code in item.codes else code) for code in item.type.codes]
        return forms.ChoiceField(label=_("值"), choices=codes, widget=forms.RadioSelect)
    if isinstance(item.type, Date):
        return forms.DateField(label=_("值"), widget=DayInput)
    typing = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"})
    return forms.CharField(label=_("值"), max_length=40, help_text=bounds_in_words(item, book.lang), widget=typing)


def _reading(book: Book, item: Assumption) -> forms.Field:
    """The readings, each in its words."""
    choices = [(_written(value), words) for value, words in book.choices(item)]
    return forms.ChoiceField(label=_("读法"), choices=choices, widget=forms.RadioSelect)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(typed: object) -> str:
    return typed.isoformat() if isinstance(typed, date) else str(typed)


def _expected(item: ParameterDef, lang: str) -> Any:
    """What was expected in place of what was typed."""
    if not isinstance(item.type, Number):
        return _("“%(seen)s”不是这里能填的值。")
    if not item.type.places:
        return _("“%(seen)s”不是整数。请填整数，如 12。")
    example = number_typed(item, "0.5")
    places = max(0, item.type.places - 2) if unit_of(item, lang) == "%" else item.type.places
    sentence = _("“%(seen)s”不是数字，或小数太多。请填数字，如 {example}，最多 {places} 位小数。")
    return str(sentence).format(example=example, places=places)


def _real(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise ValidationError(_("没有这样的日期。请核对年份。"))
    return day
