"""A block as it is written: entries in their order, with the comments and blank lines that stand about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Scalar:
    """A value. `lines` are those of a text folded over several lines, as its author broke them."""

    text: str | None
    quoted: bool = False
    lines: tuple[str, ...] = ()


@dataclass
class Item:
    """An entry of a mapping, or (without key) of a list. Comments stand above it or beside its first line."""

    value: Value
    key: Scalar | None = None
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    after_blank: bool = False


@dataclass
class Collection:
    """A mapping or a list; `foot` are comments after its last entry."""

    is_mapping: bool
    items: list[Item] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)


Value = Scalar | Collection


def has_comments(value: Value) -> bool:
    """Whether comments stand inside a value."""
    if isinstance(value, Scalar):
        return False
    return bool(value.foot) or any(item.above or item.beside or has_comments(item.value) for item in value.items)


def comments(value: Value) -> Iterator[str]:
    """The comments inside a value."""
    if isinstance(value, Collection):
        for item in value.items:
            yield from (*item.above, *item.beside, *comments(item.value))
        yield from value.foot
