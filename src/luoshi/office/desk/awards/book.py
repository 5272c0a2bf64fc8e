"""A round as a workbook: texts are written as texts, so that none of them is ever a formula; numbers as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.awards import queries
from luoshi.office.awards.models import Nomination
from luoshi.office.desk.awards.opening import Opened
from luoshi.office.desk.awards.seeing import Line, key_titles, lines_of
from luoshi.office.desk.templatetags.desk import word

Cell = str | int | Decimal | None


def book_of(opened: Opened, nominations: Sequence[Nomination]) -> bytes:
    """The workbook, set for A4 across, headings on every printed page."""
    stream = BytesIO()
    lines, keys = lines_of(opened, nominations), key_titles(opened, nominations)
    found = queries.find_choice(opened.round) if opened.sees_all else None
    chosen = {one.nomination_id: one.place for one in found.chosen.all()} if found else {}
    people = names_of_accounts(one.by for one in nominations)
    headings = [
        _("次序"), _("名称"), _("所在地"), *keys, _("结论"), _("不符合或缺的"), _("以前获奖"), _("提名"), _("情况"),
        _("评审名次"), _("平均"), _("并列"), _("入选次序"), _("奖励（元）"), _("提名理由"),
    ]  # fmt: skip
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        title = f"{opened.place} {opened.round.year} {opened.title}"
        sheet.write_string(0, 0, title, workbook.add_format({"bold": True, "font_size": 14}))
        head = workbook.add_format({"bold": True, "bg_color": "#E3F1EF", "border": 1, "text_wrap": True})
        text = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
        number = workbook.add_format({"border": 1, "valign": "top", "num_format": "#,##0.##"})
        for column, heading in enumerate(headings):
            sheet.write_string(1, column, heading, head)
        for row, line in enumerate(lines, 2):
            for column, cell in enumerate(_cells(row - 1, line, len(keys), chosen, people)):
                if cell is None or isinstance(cell, str):
                    sheet.write_string(row, column, cell or "", text)
                else:
                    sheet.write_number(row, column, cell, number)
        sheet.set_column(0, len(headings) - 1, 14)
        sheet.set_column(1, 2, 20)
        sheet.freeze_panes(2, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
    return stream.getvalue()


def _cells(place: int, line: Line, keys: int, chosen: Mapping[int, int], people: Mapping[str, str]) -> list[Cell]:
    """A nomination as a row; a value that is a number stands as one."""
    one, standing = line.nomination, line.standing
    pairs = zip(line.keys, line.measured, strict=True)
    values: list[Cell] = [words if number is None else number for words, number in pairs]
    values += [""] * (keys - len(values))
    return [
        place,
        line.name,
        line.place,
        *values,
        word(line.outcome, "outcome"),
        "；".join(line.lacking),
        "；".join(line.wins),
        people.get(one.by, one.by),
        one.get_state_display(),
        standing.place if standing else None,
        Decimal(line.mean) if line.mean else None,
        _("并列") if standing and standing.tied else "",
        chosen.get(one.pk),
        line.amount,
        one.reason,
    ]
