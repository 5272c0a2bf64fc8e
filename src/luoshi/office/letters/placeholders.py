"""The Chinese names by which templates ask for what stands in a letter, and the words that come there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from luoshi.office.letters.contents import CONTENTS, Content, Decision, PaymentList
from luoshi.office.letters.errors import Incomplete
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.sums import in_capitals

CHECK = "校验"
"""The line that tells how a letter can be checked; it belongs to none of the contents."""
PLACE = "序号"
"""The number of a row in its table."""
ROW = "行"
"""What default layouts call the row that stands in turn."""
LINE = "________"
NO_SIGNS = "\ufffe\uffff"
"""Not allowed in a Word file, beside those that control."""

Words = str | None
Filled = Mapping[str, Words | Sequence[str] | Sequence[Mapping[str, Words]]]
"""A content in words: texts, lists of paragraphs, tables. None is what is not known."""


class Blank(str):
    """A line to write on: it stands for what is missing, and says so when a template asks."""

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Placeholder:
    """A name that a template may use; `columns` where it is a table, `is_list` where it is a list of paragraphs."""

    name: str
    about: str
    is_list: bool = False
    columns: tuple[Placeholder, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it has rows."""
        return bool(self.columns)


@cache
def placeholders_of(kind: Kind) -> tuple[Placeholder, ...]:
    """Everything that a template of a kind may ask for."""
    content = CONTENTS[kind]
    hints = get_type_hints(content)
    check = Placeholder(CHECK, "怎样核对这份公文：开出后是校验码，开出前说明是草稿")
    return (*(_placeholder(one, hints[one.name]) for one in fields(content)), check)


def filled(content: Content) -> Filled:
    """A content in words. `Incomplete` where something is missing without which it would be no such letter."""
    whole = _added_up(content)
    lacking = [
        one.metadata["name"]
        for one in fields(whole)
        if one.metadata["is_needed"] and not _is_there(getattr(whole, one.name))
    ]
    if lacking:
        raise Incomplete(whole.kind, lacking)
    return {one.metadata["name"]: _in_words(getattr(whole, one.name)) for one in fields(whole)}


def shown(filled: Filled, check: str) -> dict[str, Any]:
    """The same as a template sees it: what is missing is a line to write on, in a table an empty cell."""
    return {name: _shown(value) for name, value in filled.items()} | {CHECK: check}


def _shown(value: Words | Sequence[Any]) -> Any:
    if value is None:
        return Blank(LINE)
    if isinstance(value, str):
        return value
    return [
        {PLACE: str(place)} | {name: words or "" for name, words in row.items()} if isinstance(row, Mapping) else row
        for place, row in enumerate(value, 1)
    ]


def _placeholder(one: Field[Any], hint: Any) -> Placeholder:
    item = next(iter(get_args(hint)), None)
    name, about = one.metadata["name"], one.metadata["about"]
    if isinstance(item, type) and is_dataclass(item):
        inner = get_type_hints(item)
        columns = tuple(_placeholder(each, inner[each.name]) for each in fields(item))
        return Placeholder(name, about, columns=(Placeholder(PLACE, "第几行"), *columns))
    return Placeholder(name, about, is_list=hint == tuple[str, ...])


def _added_up(content: Content) -> Content:
    """The content with what follows from its own figures."""
    if isinstance(content, PaymentList):
        amounts = [line.amount for line in content.lines]
        total = sum((one for one in amounts if one is not None), Decimal(0)) if None not in amounts else None
        return replace(content, count=len(amounts), total=total, amount_in_words=_capitals(total))
    if isinstance(content, Decision):
        return replace(content, amount_in_words=_capitals(content.amount))
    return content


def _capitals(amount: Decimal | None) -> str:
    return "" if amount is None else in_capitals(amount)


def _is_there(value: Any) -> bool:
    return any(map(_is_there, value)) if isinstance(value, tuple) else value is not None and str(value).strip() != ""


def _in_words(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_row(one) if is_dataclass(one) else _plain(one) for one in value]
    return _words(value)


def _row(row: Any) -> dict[str, Words]:
    return {one.metadata["name"]: _words(getattr(row, one.name)) for one in fields(row)}


def _words(value: Any) -> Words:
    """A value as papers write it.

    >>> [_words(value) for value in (date(2026, 3, 1), Decimal("1234.5"), 12, " a ", "", None)]
    ['2026年3月1日', '1,234.50', '12', 'a', None, None]
    """
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return None if value is None else _plain(str(value)) or None


def _plain(text: str) -> str:
    """The text without signs that control; a new line stays."""
    return "".join(_signs(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _signs(text: str) -> Iterator[str]:
    for sign in text:
        if sign == "\n" or (unicodedata.category(sign) not in {"Cc", "Cs"} and sign not in NO_SIGNS):
            yield sign
        elif sign == "\t":
            yield " "
