"""What is kept: for every register given, the columns that mean something to the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.rulebook.engines.sql.meaning.dates import Span
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.model.types import Bool, Date, Number, Type


@dataclass(frozen=True)
class Column:
    """A column as it is stored (`stored`, in the words of the dialect) and as it is used.

    Numbers are used × 10^`places`, then from `low` to `high`; days lie in `span`. `known`: no cell is blank.
    `ends_never`: a blank cell means "has not ended".
    """

    stored: str
    kind: Kind
    places: int = 0
    low: int = 0
    high: int = 0
    span: Span = Span()
    known: bool = False
    ends_never: bool = False


@dataclass(frozen=True)
class Held:
    """A register that somebody keeps: its columns by name (`id` among them) and how many rows it has at most.

    Its rows stand in the order of their ids; `starts` are the ids at which the second and later parts of it start.
    """

    columns: Mapping[str, Column]
    most_rows: int = 10**9 - 1
    starts: tuple[int | str, ...] = ()


Kept = Mapping[str, Held]


def kind_for(kind: Type) -> Kind:
    """The kind of column that holds values of a type; references are text unless their column says otherwise."""
    if isinstance(kind, Bool):
        return Kind.TRUTH
    if isinstance(kind, Number):
        return Kind.WHOLE if kind.digits <= 18 else Kind.WIDE
    return Kind.DAY if isinstance(kind, Date) else Kind.TEXT
