"""Empty sheets for a register, to be filled in, with a sheet that explains every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.office.exchange.books.expecting import example, expected
from luoshi.office.exchange.books.forms import Field, Form
from luoshi.office.exchange.books.matching import names_of
from luoshi.office.exchange.books.places import letter
from luoshi.office.exchange.books.titles import folded
from luoshi.office.exchange.books.units import in_words
from luoshi.office.exchange.books.writing import new_workbook, sheet_name, width_of
from luoshi.rulebook.model.types import Bool, Code, Date, Number

Choices = Mapping[str, Sequence[str]]
"""By field: texts that a user may choose from, such as the villages of an area."""
Rows = Sequence[Mapping[str, Any]]
"""Rows as values by field: truths, numbers, dates, codes, texts; references as the text that names their target."""

TITLES, FIRST, LAST = 1, 2, 100_001
LISTS = "_"
EXCEL_DAYS = date(1900, 3, 1)
"""Before it Excel counts a day that never was."""
KEPT_DIGITS = 15
KEY, PLAIN, QUIET = "#FFE8C7", "#E8EEF4", "#666666"


def write_template(path: Path, form: Form, lang: str, choices: Choices | None = None, rows: Rows = ()) -> None:
    """An .xlsx at `path` with the fields as columns and a sheet that explains each; `read_book` reads it back.

    `choices` become drop-downs beside those of codes and truths; `rows` are filled in already.
    """
    offered = {field.name: _offered(field, lang, choices or {}) for field in form.fields}
    with override("en" if lang == "en" else "zh-hans"), new_workbook(path) as book:
        sheet = book.add_worksheet(sheet_name(form.table.title.say(lang)))
        _write_titles(book, sheet, form, lang)
        formats = _columns(book, sheet, form, lang)
        for place, row in zip(count(FIRST), rows, strict=False):
            for column, field in enumerate(form.fields):
                _write_value(sheet, place, column, _as_written(field, row.get(field.name), lang), formats[column])
        _write_guide(book, form, lang)
        _write_lists(book, sheet, form, offered)


def titles_of(form: Form, lang: str) -> list[str]:
    """The titles of the columns: of each field the first of its names that means no other field."""
    names = names_of(form)
    return [
        next(
            title for title in (field.title.say(lang), field.title.zh, field.name) if names.get(folded(title)) is field
        )
        for field in form.fields
    ]


def _write_titles(book: Any, sheet: Any, form: Form, lang: str) -> None:
    line = book.add_format({"font_color": QUIET})
    shades = {key: book.add_format(_titled(KEY if key else PLAIN)) for key in (True, False)}
    told = _("一行填一条，标题不要改；带 * 的列必须填。每一列填什么，见“填写说明”。空白行没有关系。")
    sheet.write_string(0, 0, told, line)
    for column, (field, title) in enumerate(zip(form.fields, titles_of(form, lang), strict=True)):
        sheet.write_string(TITLES, column, title + ("*" if field.key else ""), shades[field.key])
    sheet.freeze_panes(FIRST, 0)


def _titled(shade: str) -> dict[str, Any]:
    return {"bold": True, "bg_color": shade, "border": 1, "border_color": "#BBBBBB", "text_wrap": True, "valign": "top"}


def _columns(book: Any, sheet: Any, form: Form, lang: str) -> list[Any]:
    """The formats of the columns: ids stay texts, days show as days."""
    shades: dict[str, Any] = {}
    formats = []
    for column, field in enumerate(form.fields):
        code = _number_format(field)
        shade = shades.setdefault(code, book.add_format({"num_format": code}))
        sheet.set_column(column, column, width_of(field.title.say(lang), 12, 28), shade)
        formats.append(shade)
    return formats


def _number_format(field: Field) -> str:
    kind = field.column.type
    if isinstance(kind, Number):
        return f"#,##0.{'0' * kind.places}" if kind.places else "0"
    return "yyyy-mm-dd" if isinstance(kind, Date) else "@"


def _as_written(field: Field, value: Any, lang: str) -> Any:
    """A value as a person would write it in the sheet."""
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}["en" if lang == "en" else "zh"][value]
    if isinstance(field.column.type, Code) and value in field.codes:
        return field.codes[value].say(lang)
    return value


def _write_value(sheet: Any, row: int, column: int, value: Any, shade: Any) -> None:
    if value is None:
        return
    if isinstance(value, date) and value >= EXCEL_DAYS:
        sheet.write_datetime(row, column, value, shade)
    elif isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= KEPT_DIGITS:
        sheet.write_number(row, column, value, shade)
    else:
        sheet.write_string(row, column, str(value), shade)


def _offered(field: Field, lang: str, choices: Choices) -> list[str]:
    kind = field.column.type
    if isinstance(kind, Bool):
        return [_as_written(field, truth, lang) for truth in (True, False)]
    if isinstance(kind, Code):
        return [_as_written(field, code, lang) for code in kind.codes]
    return list(choices.get(field.name, ()))


def _write_lists(book: Any, sheet: Any, form: Form, offered: Mapping[str, list[str]]) -> None:
    """Drop-downs, from a hidden sheet: a list in a cell may be 255 signs long, a sheet as long as it must."""
    lists = book.add_worksheet(LISTS)
    lists.hide()
    columns = [(column, field, offered[field.name]) for column, field in enumerate(form.fields) if offered[field.name]]
    for row in range(max((len(texts) for _column, _field, texts in columns), default=0)):
        for place, (_column, _field, texts) in enumerate(columns):
            if row < len(texts):
                lists.write_string(row, place, texts[row])
    for place, (column, field, texts) in enumerate(columns):
        name = letter(place)
        sheet.data_validation(FIRST, column, LAST, column, {
            "validate": "list", "source": f"={LISTS}!${name}$1:${name}${len(texts)}",
            "error_type": "information" if field.target else "stop",
            "error_title": _("请从列表中选"), "error_message": _("这一列只能填列表中的内容。"),
        })  # fmt: skip


def _write_guide(book: Any, form: Form, lang: str) -> None:
    # The name of this sheet is one of `reading.GUIDES`.
    guide = book.add_worksheet(_("填写说明"))
    titled, wrapped = book.add_format(_titled(PLAIN)), book.add_format({"text_wrap": True, "valign": "top"})
    heads = (_("列"), _("必须填"), _("填什么"), _("单位"), _("例子"), _("留空表示"))
    for column, (head, width) in enumerate(zip(heads, (28, 10, 60, 14, 24, 24), strict=True)):
        guide.set_column(column, column, width)
        guide.write_string(0, column, head, titled)
    for row, (field, title) in enumerate(zip(form.fields, titles_of(form, lang), strict=True), 1):
        blank = _("尚未结束") if field.blank_never else _("不知道")
        must = _("是") if field.key else ""
        texts = (title, must, expected(field).say(lang), in_words(field).say(lang))
        for column, text in enumerate((*texts, example(field).say(lang), "" if field.key else blank)):
            guide.write_string(row, column, text, wrapped)
    guide.freeze_panes(1, 1)
