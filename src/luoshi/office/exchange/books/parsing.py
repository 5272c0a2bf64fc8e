"""Cells as values of a field: what does not fit is named by its row, and left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from luoshi.office.exchange.books.amounts import NoNumber, number_of
from luoshi.office.exchange.books.cleaning import clean, plain
from luoshi.office.exchange.books.days import NoDay, day_of
from luoshi.office.exchange.books.expecting import expected
from luoshi.office.exchange.books.forms import Field
from luoshi.office.exchange.books.matching import Match
from luoshi.office.exchange.books.problems import Problem
from luoshi.office.exchange.books.sheets import ERRORS, NO_VALUE, Cells, Sheet
from luoshi.office.exchange.books.titles import folded, without_ending
from luoshi.office.exchange.books.units import accepted
from luoshi.rulebook.model.types import Bool, Code, Date, Number
from luoshi.rulebook.values.citizen_id import BadCitizenId, CitizenId
from luoshi.rulebook.values.credit_code import BadCreditCode, CreditCode

YES = frozenset({"是", "有", "√", "✓", "✔", "☑", "对", "1", "1.0", "y", "yes", "t", "true"})
NO = frozenset({"否", "无", "没有", "不是", "×", "✗", "✘", "☒", "错", "0", "0.0", "x", "n", "no", "f", "false"})
NOTHING = frozenset({"/", "\\", "-", "--", "—", "——", "–"})
"""What people write where nothing is to be written; in texts it stays."""
NOT_ENDED = frozenset({"至今", "长期", "永久", "无固定期限", "现在", "now", "present"})
SHOWN = 40
NARROW = 18
_ROUNDED = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d{1,3}")

Take = Callable[[str], Any]


class Unfit(ValueError):
    """A cell that does not fit. `kind` names the problem."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


@dataclass(frozen=True)
class Wrong:
    """A cell that does not fit: its position in the column, and the kind of the problem."""

    position: int
    kind: str


@dataclass(frozen=True)
class Parsed:
    """The values of a column as an Arrow array, null where a cell is blank or wrong.

    The type is bool, date32, int64, decimal128 (digits and places of the field) or string. References are strings: the
    target's key as written, for whoever has the rows.
    """

    values: Any
    wrong: tuple[Wrong, ...] = ()


def parse_cells(field: Field, cells: Cells, factor: int = 1) -> Parsed:
    """The cells as values of the field; plain numbers are multiplied by `factor`. Each text is looked at once."""
    take = _taker(field, factor)
    encoded = cells.texts.dictionary_encode()
    values: list[Any] = []
    kinds: dict[int, str] = {}
    for place, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            values.append(_taken(text, take))
        except (Unfit, NoDay, NoNumber) as unfit:
            values.append(None)
            kinds[place] = unfit.kind
    parsed = pa.array(values, stored(field)).take(encoded.indices)
    return Parsed(parsed, _wrong(encoded.indices, kinds) if kinds else ())


def stored(field: Field) -> Any:
    """The Arrow type of the field's values."""
    kind = field.column.type
    if isinstance(kind, Number):
        return pa.decimal128(kind.digits, kind.places) if kind.places or kind.digits > NARROW else pa.int64()
    return pa.bool_() if isinstance(kind, Bool) else pa.date32() if isinstance(kind, Date) else pa.string()


def problems_of(sheet: Sheet, match: Match, parsed: Parsed) -> tuple[Problem, ...]:
    """What is wrong in a matched column, cell by cell in the order of rows, with what was seen (masked if personal)."""
    column, fits = match.column, expected(match.field)
    hides = match.field.column.personal or match.field.column.sensitive
    texts = column.cells.texts
    found = []
    for wrong in parsed.wrong:
        text = texts[wrong.position].as_py() or ""
        seen = masked(text) if hides and text not in ERRORS else shortened(text)
        row = sheet.rows[wrong.position].as_py()
        found.append(Problem(wrong.kind, sheet.name, row, column.letter, column.title, seen, fits))
    return tuple(found)


def masked(text: str) -> str:
    """A text of which only the first and the last sign can be read.

    >>> masked("990000199003070005"), masked("12")
    ('9****************5', '**')
    """
    return text[0] + "*" * (min(len(text), SHOWN) - 2) + text[-1] if len(text) > 2 else "*" * len(text)


def shortened(text: str) -> str:
    """A text that fits into a message."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _wrong(indices: Any, kinds: dict[int, str]) -> tuple[Wrong, ...]:
    places = np.flatnonzero(np.isin(indices.fill_null(-1).to_numpy(), list(kinds)))
    return tuple(Wrong(int(place), kinds[indices[int(place)].as_py()]) for place in places)


def _taken(text: str, take: Take) -> Any:
    if text.strip() in ERRORS:
        raise Unfit("no_value" if text.strip() == NO_VALUE else "error")
    return take(text)


def _taker(field: Field, factor: int) -> Take:
    """What makes a value of a text of this field."""
    kind = field.column.type
    if isinstance(kind, Bool):
        return _truth
    if isinstance(kind, Date):
        return lambda text: _day(text, field)
    if isinstance(kind, Number):
        return _number(kind, accepted(field), factor)
    if isinstance(kind, Code):
        return _code(field, kind)
    return {"citizen_id": _citizen_id, "credit_code": _credit_code, "": _text}[field.check]


def _truth(text: str) -> bool | None:
    said = plain(text)
    if said in NOTHING:
        return None
    if said in YES or said in NO:
        return said in YES
    raise Unfit("truth")


def _day(text: str, field: Field) -> Any:
    said = plain(text)
    if said in NOTHING or (field.blank_never and said in NOT_ENDED):
        return None
    return day_of(said)


def _number(kind: Number, units: dict[str, int], factor: int) -> Take:
    whole = not kind.places and kind.digits <= NARROW

    def take(text: str) -> Any:
        said = plain(text)
        if said in NOTHING:
            return None
        value = number_of(said, kind, units, factor)
        return int(value) if whole else value

    return take


def _code(field: Field, kind: Code) -> Take:
    names = code_names(field, kind)

    def take(text: str) -> str | None:
        name = folded(text)
        if name in names:
            return names[name]
        if plain(text) in NOTHING:
            return None
        raise Unfit("code")

    return take


def code_names(field: Field, kind: Code) -> dict[str, str]:
    """Every folded name that means one code only: the code, its titles, its titles without brackets."""
    meant: dict[str, set[str]] = {}
    for code in kind.codes:
        title = field.codes.get(code)
        whole = (title.zh, title.en) if title else ()
        for name in {folded(form) for form in (*whole, *map(without_ending, whole))}:
            meant.setdefault(name, set()).add(code)
    own = {folded(code): code for code in kind.codes}
    return {name: next(iter(codes)) for name, codes in meant.items() if len(codes) == 1} | own


def _text(text: str) -> str | None:
    if _ROUNDED.fullmatch(text.strip()):
        raise Unfit("digits_lost")
    if "\0" in text:
        raise Unfit("sign")
    return clean(text) or None


def _citizen_id(text: str) -> str | None:
    written = _text(text)
    if written is None:
        return None
    try:
        return CitizenId.parse(written).text
    except BadCitizenId as bad:
        raise Unfit(_check_kind("citizen_id", bad.reason, written)) from None


def _credit_code(text: str) -> str | None:
    written = _text(text)
    if written is None:
        return None
    try:
        return CreditCode.parse(written).text
    except BadCreditCode as bad:
        raise Unfit(_check_kind("credit_code", bad.reason, written)) from None


def _check_kind(what: str, reason: str, written: str) -> str:
    """A number that ends like one whose digits a spreadsheet cut off is said to be one."""
    return "digits_lost" if reason == "check" and written.endswith("000") and written.isdigit() else f"{what}_{reason}"
