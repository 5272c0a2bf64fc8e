"""What is asked of a list: conditions on columns, an order, a place to go on from. As SQL, by composition only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from psycopg import sql

from luoshi.office.database.secrecy import Secrecy
from luoshi.office.registry.finding import meant
from luoshi.office.registry.shape import (
    AREA,
    CHANGED_AT,
    CHANGED_BY,
    DIVISIONS,
    DOUBLE,
    SOURCE,
    VERSION,
    Column,
    RegisterTable,
)
from luoshi.rulebook.model.types import Bool, Date, Number, Ref, Type

Value = bool | int | Decimal | date | datetime | str
COMPARED = {"is": "=", "is-not": "<>", "least": ">=", "most": "<=", "below": "<", "above": ">"}
OF_TEXTS = frozenset({"contains", "begins"})
OWN_VALUES: Mapping[str, tuple[type, ...]] = {
    AREA: (str,), VERSION: (int,), SOURCE: (str,), CHANGED_AT: (datetime,), CHANGED_BY: (str,), DOUBLE: (bool,),
}  # fmt: skip
MEANT = "meant"
"""Asked of a row as a whole: whether a text means it, as a name, an id number or another key."""
FOUND_BY_INDEX = frozenset({"is", "known", "unknown"})


class WrongQuestion(ValueError):
    """A column that there is not, or a question that a column cannot be asked."""


@dataclass(frozen=True)
class Filter:
    """One condition on a column.

    `asked` is `is`, `is-not`, `least`, `most`, `below`, `above`, `contains` or `begins` (texts), `any` (of several
    values), `known` or `unknown`. An encrypted column can only be asked `is`, `known` and `unknown`. A cell that is
    unknown passes none but `unknown`. `meant` asks the row and not the column, which may be any.
    """

    column: str
    asked: str
    value: Value | tuple[Value, ...] | None = None


@dataclass(frozen=True)
class Sort:
    """The order of a list: a column, or the area when there is none; then the id. Unknown cells come last."""

    column: str = AREA
    descending: bool = False


@dataclass(frozen=True)
class After:
    """The last row of a page: its cell of the sorted column, and its id."""

    cell: Value | None
    id: int | str


def scope(prefix: str, *of: str) -> sql.Composable:
    """The rows of an area and below; with an empty prefix every row, also those whose area is unknown.

    `of` is the name that the table has in the statement, where it has one.
    """
    if not prefix:
        return sql.SQL("true")
    return sql.SQL("({0} >= {1} AND {0} < {2})").format(sql.Identifier(*of, AREA), prefix, after_all(prefix))


def condition(table: RegisterTable, filters: Iterable[Filter], keys: Secrecy) -> sql.Composable:
    """All filters together. `WrongQuestion` for one that cannot be asked."""
    parts = [_one(table, each, keys) for each in filters]
    return sql.SQL(" AND ").join(parts) if parts else sql.SQL("true")


def order(table: RegisterTable, sort: Sort) -> sql.Composed:
    """The order as it is written after ORDER BY."""
    way = sql.SQL("DESC NULLS LAST" if sort.descending else "ASC NULLS LAST")
    last = sql.SQL("DESC" if sort.descending else "ASC")
    return sql.SQL("{} {}, id {}").format(sql.Identifier(_sorted(table, sort)), way, last)


def behind(table: RegisterTable, sort: Sort, after: After, *, all_known: bool) -> sql.Composed:
    """The rows that come after one in an order; `all_known` when the sorted cells of all rows asked for are known."""
    cell = sql.Identifier(_sorted(table, sort))
    _check(after.id, values_of(table, "id"), "id")
    facts = {"cell": cell, "last": after.cell, "id": after.id, "op": sql.SQL("<" if sort.descending else ">")}
    if after.cell is None:
        return sql.SQL("({cell} IS NULL AND id {op} {id})").format(**facts)
    _check(after.cell, values_of(table, sort.column), sort.column)
    form = "({cell}, id) {op} ({last}, {id})" if all_known else "(({cell}, id) {op} ({last}, {id}) OR {cell} IS NULL)"
    return sql.SQL(form).format(**facts)


def order_back(table: RegisterTable, sort: Sort) -> sql.Composed:
    """The same order from its end."""
    way = sql.SQL("ASC NULLS FIRST" if sort.descending else "DESC NULLS FIRST")
    last = sql.SQL("ASC" if sort.descending else "DESC")
    return sql.SQL("{} {}, id {}").format(sql.Identifier(_sorted(table, sort)), way, last)


def ahead(table: RegisterTable, sort: Sort, before: After) -> sql.Composed:
    """The rows that come before one in an order."""
    cell = sql.Identifier(_sorted(table, sort))
    _check(before.id, values_of(table, "id"), "id")
    facts = {"cell": cell, "last": before.cell, "id": before.id, "op": sql.SQL(">" if sort.descending else "<")}
    if before.cell is None:
        return sql.SQL("({cell} IS NOT NULL OR id {op} {id})").format(**facts)
    _check(before.cell, values_of(table, sort.column), sort.column)
    return sql.SQL("({cell}, id) {op} ({last}, {id})").format(**facts)


def after_all(prefix: str) -> str:
    """The first text after all that begin with a prefix of digits, in the order of the C collation.

    >>> after_all("6211")
    '6211:'
    """
    return f"{prefix}:"


def values_of(table: RegisterTable, name: str) -> tuple[type, ...]:
    """What a value must be to be compared with a column; `WrongQuestion` if there is no such column."""
    if name == "id":
        return (str,) if table.of_divisions else (int,)
    return OWN_VALUES[name] if name in OWN_VALUES else _values(_column(table, name).type)


def _values(kind: Type) -> tuple[type, ...]:
    if isinstance(kind, Bool):
        return (bool,)
    if isinstance(kind, Number):
        return (int, Decimal)
    if isinstance(kind, Date):
        return (date,)
    return (int,) if isinstance(kind, Ref) and kind.register != DIVISIONS else (str,)


def _check(value: object, wanted: tuple[type, ...], name: str) -> None:
    fits = type(value) in wanted and not (isinstance(value, str) and "\0" in value)
    if not fits:
        raise WrongQuestion(f"{name} is not compared with {type(value).__name__}")


def _sorted(table: RegisterTable, sort: Sort) -> str:
    if sort.column in OWN_VALUES or sort.column == "id":
        return sort.column
    if _column(table, sort.column).encrypted:
        raise WrongQuestion(f"{sort.column} is encrypted and has no order")
    return sort.column


def _column(table: RegisterTable, name: str) -> Column:
    found = table.columns.get(name)
    if found is None:
        raise WrongQuestion(f"{table.register} has no column {name}")
    return found


def _one(table: RegisterTable, asked: Filter, keys: Secrecy) -> sql.Composable:
    if asked.asked == MEANT:
        return meant(table, str(asked.value), keys)
    wanted = values_of(table, asked.column)
    column = table.columns.get(asked.column)
    cell = sql.Identifier(column.found_by if column else asked.column)
    if column is None or not column.encrypted:
        return _of(cell, asked, wanted)
    if asked.asked not in FOUND_BY_INDEX:
        raise WrongQuestion(f"{asked.column} is encrypted: it can only be asked {', '.join(sorted(FOUND_BY_INDEX))}")
    if asked.asked == "is":
        return sql.SQL("{} = {}").format(cell, keys.index(str(asked.value)))
    return _of(cell, asked, wanted)


def _of(cell: sql.Identifier, asked: Filter, wanted: tuple[type, ...]) -> sql.Composable:
    if asked.asked in {"known", "unknown"}:
        return sql.SQL("{} IS NOT NULL" if asked.asked == "known" else "{} IS NULL").format(cell)
    values = asked.value if isinstance(asked.value, tuple) else (asked.value,)
    for value in values:
        _check(value, wanted, asked.column)
    if asked.asked == "any":
        return sql.SQL("{} IN ({})").format(cell, sql.SQL(", ").join(map(sql.Literal, (*values, None))))
    if len(values) != 1 or asked.asked not in {*COMPARED, *OF_TEXTS} or (asked.asked in OF_TEXTS and wanted != (str,)):
        raise WrongQuestion(f"{asked.column} cannot be asked {asked.asked} {len(values)} values")
    if asked.asked in OF_TEXTS:
        form = "strpos({}, {}) > 0" if asked.asked == "contains" else "starts_with({}, {})"
        return sql.SQL(form).format(cell, values[0])
    return sql.SQL("{} {} {}").format(cell, sql.SQL(COMPARED[asked.asked]), values[0])
