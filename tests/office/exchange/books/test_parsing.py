"""Cells as people write them, as values; and what does not fit, by row."""

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from django.utils.translation import override

from luoshi.office.exchange.books import Cells, Field, Form, Match, Sheet, SheetColumn, parse_cells, problems_of
from luoshi.office.registry.cells import fitted, is_usable
from luoshi.office.registry.shape import Column
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.types import BOOL, CNY, COUNT, DATE, TEXT, Code, Number, Type, Unit
from tests.office.exchange.books.conftest import ID, OTHER_ID

MONEY = Number(2, CNY, 12)


def field(kind: Type, name: str = "x", unit: str = "", **more: Any) -> Field:
    return Field(Column(name, kind, Bilingual("项", "item"), "", **more), unit=unit)


def read(kind: Type | Field, *texts: str | None, factor: int = 1) -> list[Any]:
    """The values of cells, and the kind of problem where there is one."""
    taken = kind if isinstance(kind, Field) else field(kind)
    parsed = parse_cells(taken, Cells(pa.array(texts, pa.string())), factor)
    if not taken.target:
        assert is_usable(taken.column, parsed.values.type)
        assert fitted(taken.column, parsed.values).wrong == {}
    values: list[Any] = parsed.values.to_pylist()
    for wrong in parsed.wrong:
        assert values[wrong.position] is None
        values[wrong.position] = wrong.kind
    return values


def test_days_in_every_layout() -> None:
    written = [
        "2023-01-05", "2023-1-5", "2023/1/5", "2023.01.05", "2023年1月5日", "2023年01月05号", "20230105", "44931",
        "２０２３－１－５", " 2023 年 1 月 5 日 ", "2023-01-05 00:00:00", "2023/1/5 8:30", "44931.0",
    ]  # fmt: skip
    assert read(DATE, *written) == [date(2023, 1, 5)] * len(written)
    assert read(DATE, "9999-12-31", None, "/", "—") == [date(9999, 12, 31), None, None, None]


def test_days_that_are_incomplete_impossible_or_ambiguous_are_refused() -> None:
    assert read(DATE, "2023-01", "2023年1月", "2023.1", "202301", "2023", "2023年") == ["month_only"] * 6
    assert read(DATE, "2023-02-29", "20231301", "0999-01-01") == ["no_such_day"] * 3
    assert read(DATE, "5/1/2023", "23.1.5", "去年", "1月5日", "2023-01-05至2023-02-05") == ["date"] * 5


def test_not_ended_is_blank_only_where_blank_means_that() -> None:
    ends = Field(Column("end", DATE, Bilingual("", ""), ""), blank_never=True)
    assert read(ends, "至今", "长期", None) == [None, None, None]
    assert read(DATE, "至今") == ["date"]


def test_truths() -> None:
    assert read(BOOL, "是", "有", "√", "1", "Y", "true", "１") == [True] * 7
    assert read(BOOL, "否", "无", "×", "0", "no", "false", "没有") == [False] * 7
    assert read(BOOL, None, "/", "可能", "2") == [None, None, "truth", "truth"]


def test_amounts_with_units_and_thousands() -> None:
    assert read(MONEY, "1,234.5", "１，２３４．５０元", "¥1234.50", "0.12345万元", "1234.5 yuan") == [
        Decimal("1234.50"), Decimal("1234.50"), Decimal("1234.50"), Decimal("1234.50"), Decimal("1234.50"),
    ]  # fmt: skip
    assert read(MONEY, "-3", "−3", "+3", "0", "-0") == [Decimal(text) for text in ("-3", "-3", "3", "0", "0")]
    assert str(read(MONEY, "-0")[0]) == "0.00"
    assert read(MONEY, "0.30000000000000004", "1.5E+3") == [Decimal("0.30"), Decimal(1500)]
    assert read(MONEY, "1.2", "3元", factor=10_000) == [Decimal(12_000), Decimal(3)]


def test_numbers_that_do_not_fit_are_refused_with_the_reason() -> None:
    assert read(MONEY, "12.345", "12345678901", "12亩", "约12", "12-15", "1,23,4", "12元13") == [
        "places", "digits", "unit", "number", "number", "number", "number",
    ]  # fmt: skip
    assert read(COUNT, "12", "12.0", "12.5", "1234567890", "3人") == [12, 12, "places", "digits", "unit"]
    assert read(field(COUNT, unit="person"), "3人") == [3]
    assert read(COUNT, "1e99") == ["digits"]


def test_percentages_only_where_a_share_is_kept() -> None:
    assert read(Number(4, Unit(), 8), "12.5%", "0.125") == [Decimal("0.1250")] * 2
    assert read(MONEY, "5%") == ["unit"]


def test_units_of_time_are_those_of_the_field() -> None:
    monthly = field(Number(2, Unit.parse("CNY/month"), 12), unit="CNY/month")
    assert read(monthly, "500元/月", "500", "500元/年") == [Decimal(500), Decimal(500), "unit"]


def test_codes_by_any_of_their_names(people: Form) -> None:
    labour = next(field for field in people.fields if field.name == "labour_capacity")
    assert read(labour, "无劳动能力", "none", "Weak", "full ", None, "有", "/") == [
        "none", "none", "weak", "full", None, "code", None,
    ]  # fmt: skip
    bare = field(Code(("a", "b")))
    assert read(bare, "A", "c") == ["a", "code"]


def test_texts_lose_what_only_looks_and_keep_the_rest() -> None:
    assert read(TEXT, " 张　三 ", "ＡＢ１２", "县（市、区）", "a\u200bb", "　", "/", "=1+1") == [
        "张三", "AB12", "县（市、区）", "ab", None, "/", "=1+1",
    ]  # fmt: skip


def test_numbers_of_documents_that_lost_digits_are_refused() -> None:
    assert read(TEXT, "1.23456789012346E+17", "1E5号", "a\0b") == ["digits_lost", "1E5号", "sign"]
    identity = field(TEXT, "citizen_id")
    assert read(identity, "9.90000199003070E+17", "990000199003070000") == ["digits_lost"] * 2


def test_check_signs_of_people_and_organisations() -> None:
    identity = field(TEXT, "citizen_id")
    assert read(identity, ID, "990000 19900307 0005", "９９００００１９９００３０７０００５") == [ID] * 3
    assert read(identity, "990000199003070004", "99000019900230000X", "1234", "99000019900307000A") == [
        "citizen_id_check", "citizen_id_birth_date", "citizen_id_length", "citizen_id_sign",
    ]  # fmt: skip
    code = field(TEXT, "credit_code")
    assert read(code, "9144 0300 7152 6726 xg", "9144030071526726XH", "1") == [
        "9144030071526726XG", "credit_code_check", "credit_code_length",
    ]  # fmt: skip


def test_errors_of_cells_are_never_blanks() -> None:
    for kind in (BOOL, DATE, TEXT, MONEY, Code(("a",))):
        assert read(kind, "#N/A", "#GETTING_DATA") == ["error", "no_value"]


def test_references_are_texts(people: Form) -> None:
    household = next(field for field in people.fields if field.target)
    assert (household.target, household.refers.zh) == ("household", "住户：户编号")
    assert read(household, " 户１２ ", "1.23456789012346E+17") == ["户12", "digits_lost"]


def problem_of(what: Field, text: str) -> Any:
    cells = Cells(pa.array([None, text], pa.string()))
    column = SheetColumn("C", "项目", cells)
    sheet = Sheet("名单", 1, (column,), pa.array([2, 9]))
    (problem,) = problems_of(sheet, Match(what, column), parse_cells(what, cells))
    return problem


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = problem_of(field(MONEY), "12.345")
    assert (problem.sheet, problem.row, problem.place, problem.title) == ("名单", 9, "C9", "项目")
    with override("zh-hans"):
        told = problem.told()
    assert told.wrong == "小数位数太多：12.345"
    assert told.expected == "小数点后最多 2 位的数，小数点前最多 10 位，单位 元"
    assert told.todo == "请按台账的位数填写，不要多"


def test_what_is_personal_is_covered() -> None:
    assert problem_of(field(TEXT, "citizen_id", personal=True), OTHER_ID[:-1] + "9").seen == "9****************9"
    assert problem_of(field(TEXT, "citizen_id"), "x" * 100).seen == "x" * 39 + "…"


@pytest.mark.parametrize("count", [0, 3])
def test_columns_without_anything_are_unknown(count: int) -> None:
    assert read(MONEY, *[None] * count) == [None] * count
