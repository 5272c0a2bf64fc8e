"""Which column of a sheet is which field of a register."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from luoshi.office.exchange.books.forms import Field, Form
from luoshi.office.exchange.books.problems import Note, Problem
from luoshi.office.exchange.books.sheets import Sheet, SheetColumn
from luoshi.office.exchange.books.titles import ending, folded, without_ending
from luoshi.office.exchange.books.units import accepted, in_words, is_a_unit


@dataclass(frozen=True)
class Match:
    """A column that holds a field. Plain numbers are multiplied by `factor` (10000 under a title in 万元)."""

    field: Field
    column: SheetColumn
    factor: int = 1


@dataclass(frozen=True)
class Matching:
    """The columns that hold fields, in the order of the sheet; `unknown` ones, with the nearest free field or None.

    `problems`: a key column is missing, two columns hold one field, a title names another unit. `notes`: columns that
    are left out, factors.
    """

    matches: tuple[Match, ...]
    unknown: tuple[tuple[SheetColumn, Field | None], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


def match_columns(form: Form, sheet: Sheet) -> Matching:
    """Each column of the sheet to a field by Chinese title, English title or name, in any order.

    Width, blanks, punctuation and case do not count; what stands in brackets at the end of a title, such as a unit,
    need not be there.
    """
    names = names_of(form)
    matches: list[Match] = []
    strangers: list[SheetColumn] = []
    for column in sheet.columns:
        field = names.get(folded(column.title)) or names.get(folded(without_ending(column.title)))
        if field is None:
            strangers.append(column)
        else:
            matches.append(Match(field, column, _factor(field, column.title) or 1))
    taken = {match.field.name for match in matches}
    free = [field for field in form.fields if field.name not in taken]
    unknown = tuple((column, _nearest(column.title, free)) for column in strangers)
    problems = (*_missing(form, sheet, matches), *_twice(sheet, matches), *_other_units(sheet, matches))
    return Matching(tuple(matches), unknown, problems, tuple(_notes(sheet, matches, strangers)))


def names_of(form: Form) -> dict[str, Field]:
    """Every folded name that means one field only. Names of the pack go before titles, whole before shortened ones."""
    found = {folded(field.name): field for field in form.fields}
    for shorten in (False, True):
        counted: dict[str, set[str]] = {}
        fields: dict[str, Field] = {}
        for field in form.fields:
            for title in (field.title.zh, field.title.en):
                name = folded(without_ending(title) if shorten else title)
                counted.setdefault(name, set()).add(field.name)
                fields[name] = field
        found |= {name: fields[name] for name, who in counted.items() if len(who) == 1 and name not in found}
    return found


def _factor(field: Field, title: str) -> int | None:
    """How many of the field's unit the unit in a title is; 1 for a title without one, None for a unit of others."""
    unit = "".join(unicodedata.normalize("NFKC", ending(title)).casefold().removeprefix("单位:").split())
    if folded(title) in {folded(field.title.zh), folded(field.title.en)} or not is_a_unit(unit):
        return 1
    return accepted(field).get(unit)


def _nearest(title: str, free: Sequence[Field]) -> Field | None:
    """The field whose name is most like a title, if one is like it at all."""
    names = {folded(name): field for field in free for name in (field.name, field.title.en, field.title.zh)}
    near = get_close_matches(folded(title), names, n=1, cutoff=0.5)
    return names[near[0]] if near else None


def _missing(form: Form, sheet: Sheet, matches: list[Match]) -> Iterator[Problem]:
    there = {match.field.name for match in matches}
    for field in form.fields:
        if field.key and field.name not in there:
            yield Problem("key_missing", sheet.name, title=field.title.zh, expected=field.title)


def _twice(sheet: Sheet, matches: list[Match]) -> Iterator[Problem]:
    names = [match.field.name for match in matches]
    for match in matches:
        if names.count(match.field.name) > 1:
            column = match.column
            yield Problem("field_twice", sheet.name, 0, column.letter, column.title, expected=match.field.title)


def _other_units(sheet: Sheet, matches: list[Match]) -> Iterator[Problem]:
    for match in matches:
        title = match.column.title
        if _factor(match.field, title) is None:
            expected = in_words(match.field)
            yield Problem("title_unit", sheet.name, 0, match.column.letter, title, ending(title), expected)


def _notes(sheet: Sheet, matches: list[Match], unknown: list[SheetColumn]) -> Iterator[Note]:
    if unknown:
        yield Note("unknown_columns", sheet.name, len(unknown), tuple(column.title for column in unknown))
    scaled = tuple(match.column.title for match in matches if match.factor != 1)
    if scaled:
        yield Note("in_myriads", sheet.name, len(scaled), scaled)
