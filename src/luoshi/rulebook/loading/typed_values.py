"""Written types and values: from `unit`, `type` and text to the model's types and exact values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Context, Decimal

from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.model.types import (
    BOOL,
    CNY,
    DATE,
    MEASURED,
    TEXT,
    Bool,
    Code,
    Date,
    KindWords,
    Number,
    Ref,
    Type,
    Unit,
)
from luoshi.rulebook.values.area_code import is_area_code
from luoshi.rulebook.values.calendar import FIRST, LAST

WHOLE_UNITS = {"day", "month", "year"}
DEFAULT_DIGITS = {"int": 9, "decimal": 12, "money": 12, "rate": 8}
DEFAULT_PLACES = {"int": 0, "decimal": 2, "money": 2, "rate": 4}
_WIDE = Context(prec=60)  # holds every number that may be written
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNIT = re.compile(r"([a-z][a-z0-9_-]*|[A-Za-z0-9]+)(/([a-z][a-z0-9_-]*|[A-Za-z0-9]+))?")


def declared_type(
    kind: str | None,
    unit: str,
    *,
    places: int | None = None,
    digits: int | None = None,
    codes: Mapping[str, object] | None = None,
    to: str | None = None,
) -> Type:
    """The type that a declaration means; without a written kind the unit says it."""
    kind = kind or _kind_of_unit(unit)
    simple: dict[str, Type] = {"bool": BOOL, "date": DATE, "text": TEXT, "code": Code(tuple(codes or ()))}
    if kind in simple:
        return simple[kind]
    if kind == "ref":
        return Ref(to or "")
    if unit and not _UNIT.fullmatch(unit):
        raise Mismatch("PACK-045", seen=unit, known=sorted(MEASURED))
    measured = Unit.parse(unit) if unit not in {"", "rate"} else (CNY if kind == "money" else Unit())
    return Number(
        min(DEFAULT_PLACES[kind] if places is None else places, 8),
        measured,
        min(digits or DEFAULT_DIGITS[kind] + max(0, (places or 0) - DEFAULT_PLACES[kind]), 18),
    )


def _kind_of_unit(unit: str) -> str:
    if unit in {"bool", "text", "date"}:
        return unit
    if unit == "rate":
        return "rate"
    if unit.startswith("CNY"):
        return "money"
    if unit in WHOLE_UNITS or not Unit.parse(unit):
        return "int"
    return "decimal"


def typed_value(kind: Type, text: object) -> Value:
    """The value that a text means for a type; `Mismatch` says what was expected."""
    if isinstance(text, bool | int | Decimal | date) and not isinstance(text, str):
        text = str(text).lower() if isinstance(text, bool) else str(text)
    if not isinstance(text, str):
        raise _not_a(kind, text)
    if isinstance(kind, Bool):
        return _truth(kind, text)
    if isinstance(kind, Number):
        return number_value(kind, text)
    if isinstance(kind, Date):
        return _day(kind, text)
    if isinstance(kind, Code) and text not in kind.codes:
        raise Mismatch("EXPR-013", seen=text[:80], expected=kind.codes)
    if isinstance(kind, Ref) and kind.register == "area" and not is_area_code(text):
        raise _not_a(kind, text, KindWords("a division code of 2, 4, 6, 9 or 12 digits"))
    return text


def _truth(kind: Bool, text: str) -> bool:
    if text not in {"true", "false"}:
        raise _not_a(kind, text, KindWords("true or false"))
    return text == "true"


def number_value(kind: Number, text: str) -> Value:
    """An exact number within the places and digits of its type: int without places, else Decimal."""
    if not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,20})?", text):
        raise _not_a(kind, text, KindWords("a number such as 12" if kind.places == 0 else "a number such as 0.50"))
    value = Decimal(text)
    scaled = value.scaleb(kind.places, _WIDE)
    if scaled != scaled.to_integral_value():
        raise _not_a(kind, text, KindWords(f"at most so many decimal places ({kind.places})"))
    if abs(scaled) >= 10**kind.digits:
        raise _not_a(kind, text, KindWords(f"a smaller number (below {10 ** (kind.digits - kind.places)})"))
    return int(value) if kind.places == 0 else value


def _day(kind: Date, text: str) -> date:
    try:
        value = date.fromisoformat(text)
    except ValueError:
        raise _not_a(kind, text, KindWords("a real date such as 2019-07-14")) from None
    if not _DAY.fullmatch(text) or not FIRST <= value <= LAST:
        raise _not_a(kind, text, KindWords("a real date such as 2019-07-14"))
    return value


def _not_a(kind: Type, seen: object, expected: str | None = None) -> Mismatch:
    return Mismatch("EXPR-045", seen=str(seen)[:80], expected=expected or str(kind))
