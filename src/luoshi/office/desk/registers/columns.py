"""Which columns a list shows at first, and how each can be asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.office.desk.registers.question import UNKNOWN, Question, is_sortable
from luoshi.office.registry.filters import Filter
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable
from luoshi.office.registry.sounding import is_name
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref

SHOWN_AT_FIRST = 5
"""Beside the name and the area of a row."""


@dataclass(frozen=True)
class Heading:
    """A column in the head of a list. `order` is the address that sorts by it, `sorted` how it is sorted now."""

    name: str
    title: str
    is_number: bool
    order: str
    sorted: str


@dataclass(frozen=True)
class Asking:
    """A field of the filter bar. `kind` says how it is asked: `choice`, `number`, `day`, `text`, `exact`, `known`."""

    name: str
    title: str
    kind: str
    choices: tuple[tuple[str, str, bool], ...] = ()
    text: str = ""
    least: str = ""
    most: str = ""
    state: str = ""
    is_asked: bool = False


def defaults(table: RegisterTable) -> tuple[str, ...]:
    """The columns that are shown where nobody has chosen: those of the key first, then as the register has them."""
    fields = [name for name, column in table.columns.items() if not column.judged and not _is_told(table, column)]
    key = [name for name in table.key if name in fields]
    return tuple(dict.fromkeys([*key, *fields]))[:SHOWN_AT_FIRST]


def headings(table: RegisterTable, question: Question, lang: str) -> Iterator[Heading]:
    """The head of a list."""
    for name in question.columns:
        column = table.columns[name]
        is_now = question.sort.column == name
        order = "" if not is_sortable(column) else f"-{name}" if is_now and not question.sort.descending else name
        way = ("descending" if question.sort.descending else "ascending") if is_now else ""
        is_number = isinstance(column.type, Number | Date)
        yield Heading(name, column.title.say(lang), is_number, question.query(sort=order) if order else "", way)


def askings(pack: Pack, question: Question, lang: str, words: dict[str, str]) -> Iterator[Asking]:
    """The filter bar, with what is asked now; `words` are those for `yes`, `no` and `unknown`."""
    table = question.table
    fields = pack.registers[table.register].fields
    for column in table.columns.values():
        asked = [each for each in question.filters if each.column == column.name]
        title, state = column.title.say(lang), next((f.asked for f in asked if f.asked in {"known", "unknown"}), "")
        if isinstance(column.type, Bool | Code):
            codes = fields[column.name].codes if column.name in fields else {}
            choices = _choices(column, {code: said.say(lang) for code, said in codes.items()}, asked, words)
            yield Asking(column.name, title, "choice", choices, is_asked=bool(asked))
            continue
        kind = _kind(column)
        yield Asking(
            column.name, title, kind, text=_value(asked, "contains", "is"), least=_value(asked, "least"),
            most=_value(asked, "most"), state=state, is_asked=bool(asked),
        )  # fmt: skip


def _kind(column: Column) -> str:
    if isinstance(column.type, Ref):
        return "known"
    if isinstance(column.type, Number):
        return "number"
    if isinstance(column.type, Date):
        return "day"
    return "exact" if column.encrypted else "text"


def _choices(
    column: Column, codes: dict[str, str], asked: list[Filter], words: dict[str, str]
) -> tuple[tuple[str, str, bool], ...]:
    known = {name: words[name] for name in ("yes", "no")} if isinstance(column.type, Bool) else codes
    now = {UNKNOWN if each.asked == "unknown" else each.value for each in asked}
    chosen = {"yes" if value is True else "no" if value is False else value for value in now}
    chosen |= {one for value in now if isinstance(value, tuple) for one in value}
    return tuple((code, said, code in chosen) for code, said in {**known, UNKNOWN: words["unknown"]}.items())


def _value(asked: list[Filter], *how: str) -> str:
    return next((str(each.value) for each in asked if each.asked in how), "")


def _is_told(table: RegisterTable, column: Column) -> bool:
    """Whether every list says it already, as the name of the row or as its area."""
    is_area = isinstance(column.type, Ref) and column.type.register == DIVISIONS
    return is_name(column) or (is_area and table.area == (column.name,))
