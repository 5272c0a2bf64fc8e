"""Values as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.types import BOOL, CNY, DATE, SHARE, TEXT, Code, Number, Type, Unit
from luoshi.rulebook.values.calendar import NEVER

CODES = {"red": Bilingual("红", "red hue")}


@pytest.mark.parametrize(
    ("value", "kind", "zh", "en"),
    [
        (None, BOOL, "不明", "not known"),
        (True, BOOL, "是", "yes"),
        (False, BOOL, "否", "no"),
        ((3, 4), SHARE, "3/4", "3/4"),
        (date(2019, 7, 14), DATE, "2019-07-14", "2019-07-14"),
        (NEVER, DATE, "尚未结束", "never"),
        (1234567, Number(), "1,234,567", "1,234,567"),
        (Decimal("20000.00"), Number(2, CNY), "20,000.00 元", "20,000.00 yuan"),
        (Decimal("1E+3"), Number(2), "1,000", "1,000"),
        (Decimal("7.50"), Number(2, Unit.parse("CNY/m2")), "7.50 元/平方米", "7.50 yuan/m²"),
        (5, Number(0, Unit.parse("kW")), "5 kW", "5 kW"),
        (5, DATE, "5", "5"),
        ("red", Code(("red",)), "红", "red hue"),
        ("blue", Code(("red", "blue")), "blue", "blue"),
        ("some text", TEXT, "some text", "some text"),
    ],
)
def test_a_value_as_people_read_it(value: object, kind: Type, zh: str, en: str) -> None:
    assert (shown(value, kind, "zh", CODES), shown(value, kind, "en", CODES)) == (zh, en)


def test_a_code_without_list_is_itself() -> None:
    assert shown("red", Code(("red",)), "en") == "red"
