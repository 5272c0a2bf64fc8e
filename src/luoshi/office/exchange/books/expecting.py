"""What fits a field, in words of both languages: for messages and for the page of explanation in a template."""

from __future__ import annotations

from datetime import date

from luoshi.office.exchange.books.forms import Field
from luoshi.office.exchange.books.units import in_words
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.types import Bool, Code, Date, Number
from luoshi.rulebook.values.citizen_id import TEST_ADDRESS, CitizenId
from luoshi.rulebook.values.credit_code import FIRM, TEST_DIVISION, CreditCode

SHOWN_CODES = 12
DAY = Bilingual("日期，年月日写全，例如 2023-01-05", "a date with year, month and day, such as 2023-01-05")
TRUTH = Bilingual("是 或 否", "yes or no")
CHECKED = {
    "citizen_id": Bilingual("18 位居民身份号码", "a citizen id of 18 signs"),
    "credit_code": Bilingual("18 位统一社会信用代码", "a unified credit code of 18 signs"),
}
EXAMPLES = {
    "citizen_id": CitizenId.of(TEST_ADDRESS, date(1990, 3, 7), "female", 0).text,
    "credit_code": CreditCode.of(FIRM, TEST_DIVISION, 1).text,
}
"""From the ranges that are kept for tests: nobody's."""
TEXT = Bilingual("文字", "text")


def expected(field: Field) -> Bilingual:
    """What may stand in a cell of the field."""
    kind = field.column.type
    if isinstance(kind, Number):
        return _number(field, kind)
    if isinstance(kind, Code):
        return codes_in_words(field, kind)
    if isinstance(kind, Date):
        return DAY
    if isinstance(kind, Bool):
        return TRUTH
    if field.target:
        return field.refers
    return CHECKED.get(field.check, TEXT)


def example(field: Field) -> Bilingual:
    """Something that would fit, empty where anything might."""
    kind = field.column.type
    if isinstance(kind, Bool):
        return Bilingual("是", "yes")
    if isinstance(kind, Code):
        return field.codes.get(kind.codes[0], Bilingual(kind.codes[0], kind.codes[0]))
    if isinstance(kind, Number):
        return _both(f"12.{'5'.ljust(kind.places, '0')}" if kind.places else "12")
    if isinstance(kind, Date):
        return _both("2023-01-05")
    return _both(EXAMPLES.get(field.check, ""))


def _both(text: str) -> Bilingual:
    return Bilingual(text, text)


def codes_in_words(field: Field, kind: Code) -> Bilingual:
    """The titles of the codes, the first twelve of them."""
    titles = [field.codes.get(code, Bilingual(code, code)) for code in kind.codes]
    more = len(titles) > SHOWN_CODES
    zh = "、".join(title.zh for title in titles[:SHOWN_CODES]) + ("等" if more else "")
    return Bilingual(zh, "; ".join(title.en for title in titles[:SHOWN_CODES]) + ("; …" if more else ""))


def _number(field: Field, kind: Number) -> Bilingual:
    unit = in_words(field)
    whole = kind.digits - kind.places
    zh = f"小数点后最多 {kind.places} 位的数" if kind.places else "整数"
    en = f"a number with at most {kind.places} decimal places" if kind.places else "a whole number"
    in_unit = Bilingual(f"，单位 {unit.zh}", f", in {unit.en}") if unit.zh else Bilingual("", "")
    return Bilingual(
        f"{zh}，小数点前最多 {whole} 位{in_unit.zh}", f"{en}, at most {whole} digits before the point{in_unit.en}"
    )
