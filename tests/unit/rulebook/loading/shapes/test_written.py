"""How values are written in a block: the bounds of truths, days and numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from luoshi.rulebook.loading.shapes.written import Both, Day, Exact, Kebab, Snake, Span, Truth, Whole
from luoshi.rulebook.model.bases import Bilingual


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Truth, "true", True),
        (Truth, "false", False),
        (Day, "2018-12-22", date(2018, 12, 22)),
        (Exact, "0", Decimal(0)),
        (Exact, "-0.50", Decimal("-0.50")),
        (Exact, "1" * 20 + "." + "1" * 10, Decimal("1" * 20 + "." + "1" * 10)),
        (Whole, "0", 0),
        (Whole, "123456789", 123_456_789),
        (Snake, "a1_b", "a1_b"),
        (Snake, "a" * 64, "a" * 64),
        (Kebab, "a-b-2", "a-b-2"),
        (Kebab, "a" * 64, "a" * 64),
    ],
)
def test_what_fits(kind: Any, text: str, value: object) -> None:
    assert TypeAdapter(kind).validate_python(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((Truth, text) for text in ("True", "yes", "", None, [], {})),
        *((Day, text) for text in ("2018-2-2", "2018-02-30", "20181222", "２０１８-12-22", "", [])),
        *((Exact, text) for text in ("", "1e5", "+1", ".5", "1.", "NaN", "1" * 21, "0." + "1" * 11, "１", None, [])),
        *((Whole, text) for text in ("", "-1", "1.0", "1234567890", "١", None, [])),
        *((Snake, text) for text in ("", "A", "1a", "a-b", "a" * 65, None)),
        *((Kebab, text) for text in ("", "A", "1a", "a_b", "a--b", "a-", "a" * 65, None)),
    ],
)
def test_what_does_not(kind: Any, text: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(text)


def test_a_text_in_both_languages() -> None:
    assert Both.model_validate({"zh": "题", "en": "title"}).text() == Bilingual("题", "title")


@pytest.mark.parametrize(
    "content", [{"zh": "题"}, {"zh": "题", "en": None}, "题", {"zh": "题", "en": "title", "fr": "t"}]
)
def test_half_a_text_is_refused(content: object) -> None:
    with pytest.raises(ValidationError):
        Both.model_validate(content)


def test_a_span_is_open_where_nothing_is_written() -> None:
    span = Span.model_validate({"from": "2018-12-22", "to": None})
    assert (span.start, span.to) == (date(2018, 12, 22), None)
    assert Span.model_validate({}).start is None
