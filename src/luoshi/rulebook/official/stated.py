"""The figures that a pack states, clause by clause: in texts, parameters, tables, expressions, days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual, Block, Place
from luoshi.rulebook.model.blocks import Band, Pack, ParameterDef, TableDef
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.official.figures import COUNT, DATE, DAYS, MONEY, MONTHS, SHARE, YEAR, figures

Key = tuple[str, Fraction | str]
UNITS = {"rate": (SHARE, 1), "month": (MONTHS, 1), "year": (MONTHS, 12), "day": (DAYS, 1), "MW": (COUNT, 1_000)}
ALSO = {"year": (COUNT,), "": (YEAR,)}
"""A number of years may be an age; a bare number may be a year."""
COUNTED = {"days", "within", "points"}
"""Whole numbers of blocks that the text may state; other whole numbers, such as lines, are no figures."""


def value_keys(value: object, unit: str) -> Iterator[Key]:
    """A value in a unit as keys of figures; nothing for truths, codes and texts.

    >>> list(value_keys(Decimal("0.5"), "rate"))
    [('share', Fraction(1, 2))]
    """
    if isinstance(value, date):
        yield DATE, value.isoformat()
        yield YEAR, Fraction(value.year)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        kind, factor = (MONEY, 1) if unit.startswith("CNY") else UNITS.get(unit, (COUNT, 1))
        yield kind, Fraction(value) * factor
        yield from ((other, Fraction(value)) for other in ALSO.get(unit, ()))


def own_blocks(pack: Pack) -> Iterator[Block]:
    """The blocks of a pack without those that imported packs lend: they stand under clauses of other texts."""
    return (block for block in pack.blocks() if "/" not in block.place.file)


def stated_figures(pack: Pack) -> Mapping[str, set[Key]]:
    """By clause, the figures that stand in the pack's own blocks, norms and paraphrases, values included."""
    found = defaultdict(set, worded_figures(pack))
    for norm in pack.norms:
        for name in norm.by:
            found[norm.place.clause].update(_parameter(pack.parameters.get(name)))
    for block in own_blocks(pack):
        found[block.clause].update(_values(block, pack))
    return found


def worded_figures(pack: Pack) -> Mapping[str, set[Key]]:
    """By clause, the figures that the pack's Chinese words speak of: paraphrases, titles, norms, readings."""
    found: dict[str, set[Key]] = defaultdict(set)
    for clause in pack.clauses.values():
        texts = [clause.title.zh, *(text for text in clause.text if _is_chinese(text))]
        found[clause.id].update(key for text in texts for key in _written(text))
    for norm in pack.norms:
        found[norm.place.clause].update(_words(norm))
    for block in own_blocks(pack):
        found[block.clause].update(_words(block))
    for example in pack.examples:
        found[example.place.clause].update(_written(example.name))
    return found


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text[:20])


def _written(text: str) -> Iterator[Key]:
    for figure in figures(text):
        yield figure.key
        if figure.kind == DATE:
            yield YEAR, Fraction(str(figure.value)[:4])


def _words(item: object) -> Iterator[Key]:
    """The figures in the texts of a block."""
    if isinstance(item, Bilingual):
        yield from _written(item.zh)
    elif not isinstance(item, n.Node):
        for _, part in _parts(item):
            yield from _words(part)


def _values(item: object, pack: Pack) -> Iterator[Key]:
    """The figures that a block holds as values: of parameters, tables, expressions, days."""
    if isinstance(item, n.Node):
        for node in n.walk(item):
            yield from _node(node, pack)
        return
    if isinstance(item, ParameterDef):
        yield from _parameter(item)
    elif isinstance(item, TableDef):
        yield from _table(item)
    elif isinstance(item, date):
        yield from value_keys(item, "")
    for name, part in _parts(item):
        yield from _plain(part) if name in COUNTED else _values(part, pack)


def _parts(item: object) -> Iterator[tuple[str, object]]:
    """What a value of the model is made of, by name; its place is no part of what it says."""
    if isinstance(item, Mapping):
        yield from (("", part) for part in item.values())
    elif isinstance(item, tuple):
        yield from (("", part) for part in item)
    elif is_dataclass(item) and not isinstance(item, Place | Bilingual):
        yield from ((field.name, getattr(item, field.name)) for field in fields(item))


def _plain(value: object) -> Iterator[Key]:
    for unit in ("", "day"):
        yield from value_keys(value, unit)


def _node(node: n.Node, pack: Pack) -> Iterator[Key]:
    if isinstance(node, n.Parameter):
        yield from _parameter(pack.parameters.get(node.name))
    elif isinstance(node, n.Literal):
        unit = str(node.type.unit) if isinstance(node.type, Number) else ""
        yield from value_keys(node.value, unit)
        yield from value_keys(node.value, "rate")


def _parameter(parameter: ParameterDef | None) -> Iterator[Key]:
    """The values of a parameter, and the bounds within which localities set theirs."""
    if parameter is None:
        return
    local = parameter.local
    for value in [*(value for _, value in parameter.values), *((local.least, local.most) if local else ())]:
        yield from value_keys(value, parameter.unit_label)


def _table(table: TableDef) -> Iterator[Key]:
    for row in table.rows:
        yield from value_keys(row.value, table.unit_label)
        for key, cell in zip(table.keys, row.keys, strict=True):
            unit = str(key.type.unit) if isinstance(key.type, Number) else ""
            for value in (cell.start, cell.below) if isinstance(cell, Band) else (cell,):
                yield from value_keys(value, unit)
