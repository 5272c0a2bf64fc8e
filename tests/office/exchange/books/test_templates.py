"""What is written is read again: templates with values, and the user's own rows with what is wrong."""

import string
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # ships no types
import pyarrow as pa
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.office.exchange.books import (
    Cells,
    Field,
    Form,
    Problem,
    Sheet,
    SheetColumn,
    form_of,
    match_columns,
    parse_cells,
    problems_of,
    read_book,
    write_corrected,
    write_template,
)
from luoshi.office.exchange.books.places import letter
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Bool, Code, Date, Number
from luoshi.rulebook.values.citizen_id import TEST_ADDRESS, CitizenId
from luoshi.rulebook.values.credit_code import FIRM, TEST_DIVISION, CreditCode
from tests.office.exchange.books.conftest import ID, Made

SIGNS = string.ascii_letters + string.digits + "=+-@/'\"（）、县村乡某张三户"


def read_again(path: Path, form: Form) -> list[dict[str, Any]]:
    """The values of the one sheet of a file, which must have nothing wrong."""
    (sheet,) = read_book(path, path.name, form.titles).sheets
    matching = match_columns(form, sheet)
    assert not (sheet.problems or sheet.notes or matching.problems or matching.unknown)
    columns = {}
    for match in matching.matches:
        parsed = parse_cells(match.field, match.column.cells, match.factor)
        assert problems_of(sheet, match, parsed) == ()
        columns[match.field.name] = parsed.values.to_pylist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def values(field: Field) -> st.SearchStrategy[Any]:
    """Anything that a field may hold."""
    kind = field.column.type
    if isinstance(kind, Bool):
        return st.booleans()
    if isinstance(kind, Date):
        return st.dates(date(1000, 1, 1), date(9000, 12, 31)) | st.just(date(9999, 12, 31))
    if isinstance(kind, Code):
        return st.sampled_from(kind.codes)
    if isinstance(kind, Number):
        most = 10**kind.digits - 1
        whole = st.integers(-most, most)
        return whole.map(lambda n: Decimal(n).scaleb(-kind.places)) if kind.places else whole
    day = st.dates(date(1850, 1, 1), date(2100, 1, 1))
    if field.check == "citizen_id":
        return day.map(lambda d: CitizenId.of(TEST_ADDRESS, d, "male", 7).text)
    if field.check == "credit_code":
        return st.integers(0, 10**8 - 1).map(lambda n: CreditCode.of(FIRM, TEST_DIVISION, n).text)
    digits = st.text("0123456789", min_size=16, max_size=22)
    return st.text(SIGNS, min_size=1, max_size=12).filter(lambda text: text[0] != "'") | digits


@pytest.mark.parametrize("register", ["person", "household", "organisation", "area", "stand"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_written_is_read_again(lishui: Pack, tmp_path: Path, register: str, data: st.DataObject) -> None:
    form = form_of(lishui, register)
    row = st.fixed_dictionaries({
        field.name: values(field) if field.key else st.none() | values(field) for field in form.fields
    })  # fmt: skip
    rows = data.draw(st.lists(row, min_size=1, max_size=4))
    lang = data.draw(st.sampled_from(["zh", "en"]))
    write_template(tmp_path / "a.xlsx", form, lang, rows=rows)
    assert read_again(tmp_path / "a.xlsx", form) == rows


def test_registers_have_templates_that_their_own_reader_understands(shipped: Pack, tmp_path: Path) -> None:
    for register in list(shipped.registers)[::12]:
        form = form_of(shipped, register)
        first = form.fields[0]
        row = {first.name: {Bool: True, Date: date(2020, 1, 1), Number: 1}.get(type(first.column.type), "某")}
        write_template(tmp_path / "a.xlsx", form, "zh", rows=[row])
        (sheet,) = read_book(tmp_path / "a.xlsx", "a.xlsx").sheets
        matching = match_columns(form, sheet)
        assert [match.field for match in matching.matches] == list(form.fields)
        assert (sheet.header, matching.problems, matching.unknown) == (2, (), ())


def test_a_template_explains_and_guards_its_columns(people: Form, tmp_path: Path) -> None:
    with override("zh-hans"):
        write_template(tmp_path / "a.xlsx", people, "zh", {"household": ["户1", "户2"]})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("个人", "visible"), ("填写说明", "visible"), ("_", "hidden"),
    ]  # fmt: skip
    sheet, guide = book["个人"], book["填写说明"]
    titles = [cell.value for cell in sheet[2]]
    assert titles[:4] == ["居民身份号码*", "姓名", "所属户", "出生日期"]
    assert sheet.freeze_panes == "A3"
    shown = {title: sheet.column_dimensions[letter(place)].number_format for place, title in enumerate(titles)}
    assert (shown["居民身份号码*"], shown["出生日期"]) == ("@", "yyyy-mm-dd")
    rules = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
    offered = {title for place, title in enumerate(titles) if f"{letter(place)}3:{letter(place)}100002" in rules}
    assert {"所属户", "性别", "残疾", "劳动能力"} <= offered
    explained = {row[0]: row for row in guide.iter_rows(min_row=2, values_only=True)}
    assert explained["性别"][2] == "女、男"
    assert explained["所属户"][2] == "住户：户编号"
    assert explained["居民身份号码"][1] == "是"


def test_an_empty_template_has_no_rows_yet(people: Form, tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", people, "zh")
    with pytest.raises(Exception, match="no_rows"):
        read_book(tmp_path / "a.xlsx", "a.xlsx", people.titles)


def test_texts_that_look_like_formulas_stay_texts(people: Form, tmp_path: Path) -> None:
    rows = [{"citizen_id": ID, "name": text} for text in ("=1+1", "+1", "-1", "@SUM(1)", "http://a.cn")]
    write_template(tmp_path / "a.xlsx", people, "zh", rows=rows)
    cells = [row[1] for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["个人"].iter_rows(min_row=3)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        (row["name"], "s", None) for row in rows
    ]  # fmt: skip


def wrong_sheet(made: Made) -> Path:
    def number(_: Any, sheet: Any) -> None:
        sheet.write_number("C4", float(ID))

    rows = [["名单"], [None, "姓名", "居民身份号码", "残疾"], [None, "张三", ID, "是"], [None, "李四", None, "也许"]]
    return made({"名单": [*rows, [], [None, "=1", "1", "#N/A"]]}, number)


def problems(sheet: Sheet, form: Form) -> list[Problem]:
    found: list[Problem] = []
    for match in match_columns(form, sheet).matches:
        found += problems_of(sheet, match, parse_cells(match.field, match.column.cells, match.factor))
    return found


def test_a_corrected_file_has_everything_where_it_was(people: Form, made: Made, tmp_path: Path) -> None:
    (sheet,) = read_book(wrong_sheet(made), "a", people.titles).sheets
    found = problems(sheet, people)
    assert [(each.place, each.kind) for each in found] == [
        ("C4", "digits_lost"), ("C6", "citizen_id_length"), ("D4", "truth"), ("D6", "error"),
    ]  # fmt: skip
    with override("zh-hans"):
        write_corrected(tmp_path / "b.xlsx", sheet, found)
    page = openpyxl.load_workbook(tmp_path / "b.xlsx")["名单"]
    assert (page["B3"].value, page["C3"].value, page["B6"].value) == ("张三", ID, "=1")
    assert page["C4"].fill.fgColor.rgb == page["D4"].fill.fgColor.rgb != page["B4"].fill.fgColor.rgb
    assert page["D4"].comment is not None
    assert page["E2"].value == "有什么不对（请改好后重新上传）"
    assert page["E3"].value is None
    assert page["E4"].value.splitlines() == [
        "C4 居民身份号码：号码太长，Excel 把它当成数，后几位已经丢失：9******************7；应填：18 位居民身份号码；"
        "请先把这一列设成文本格式，再重新填写号码。",
        "D4 残疾：看不出是还是否：也**许；应填：是 或 否；请填是或者否；不知道的留空。".replace("也**许", "**"),
    ]


def test_a_corrected_file_is_as_wrong_as_before_until_it_is_corrected(people: Form, made: Made, tmp_path: Path) -> None:
    (sheet,) = read_book(wrong_sheet(made), "a", people.titles).sheets
    found = problems(sheet, people)
    write_corrected(tmp_path / "b.xlsx", sheet, found)
    (again,) = read_book(tmp_path / "b.xlsx", "b", people.titles).sheets
    assert [(each.place, each.kind) for each in problems(again, people)] == [(each.place, each.kind) for each in found]
    assert match_columns(people, again).unknown == ()
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    for place, value in {"C4": ID, "C6": ID, "D4": "是", "D6": None}.items():
        book["名单"][place] = value
    book.save(tmp_path / "b.xlsx")
    (corrected,) = read_book(tmp_path / "b.xlsx", "b", people.titles).sheets
    assert problems(corrected, people) == []
    assert corrected.rows.to_pylist() == [3, 4, 6]


def test_only_the_wrong_rows_when_asked(people: Form, made: Made, tmp_path: Path) -> None:
    (sheet,) = read_book(wrong_sheet(made), "a", people.titles).sheets
    write_corrected(tmp_path / "b.xlsx", sheet, problems(sheet, people), only_wrong=True)
    (again,) = read_book(tmp_path / "b.xlsx", "b", people.titles).sheets
    assert again.columns[0].cells.texts.to_pylist() == ["李四", "=1"]


def test_what_is_wrong_with_columns_stands_by_their_titles(tmp_path: Path) -> None:
    column = SheetColumn("A", "收入（亩）", Cells(pa.array(["1"])))
    sheet = Sheet("", 1, (column,), pa.array([2]))
    wrong = [Problem("title_unit", "", 0, "A", "收入（亩）", "亩"), Problem("key_missing", "", title="户编号")]
    with override("en"):
        write_corrected(tmp_path / "b.xlsx", sheet, wrong)
    page = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert page["A1"].comment is not None
    assert page["B1"].comment is not None
    (again,) = read_book(tmp_path / "b.xlsx", "b").sheets
    assert [column.title for column in again.columns] == ["收入（亩）"]
