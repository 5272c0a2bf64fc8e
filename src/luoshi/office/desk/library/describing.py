"""A block of a pack in words, facet by facet, so that two of them can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import singledispatchmethod
from typing import Any

from luoshi.office.desk.templatetags.desk import WORDS, word
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual, Block, Condition
from luoshi.rulebook.model.blocks import (
    Assumption,
    Band,
    LocalRange,
    Norm,
    OrderKey,
    Pack,
    ParameterDef,
    RegisterField,
    TableDef,
    TableRow,
)
from luoshi.rulebook.model.nodes import Node
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Share, Text, Type
from luoshi.rulebook.wording import say

BESIDE = frozenset({"id", "place", "line"})
"""What is no facet: it names the block, or says where it stands."""
CODED = {name: name for name in WORDS} | {"set_by": "level", "per": "level"}
"""Facets whose values are codes, with the family of words in which each stands."""
TOLD_APART: Mapping[type, frozenset[str]] = {
    ParameterDef: frozenset({"values", "by_area", "codes", "local"}),
    TableDef: frozenset({"rows"}),
    Assumption: frozenset({"default", "alternatives"}),
}
"""Keys that are told by the type of their block."""


@dataclass(frozen=True)
class Facet:
    """What a facet is called: a key of the block, and more where there are several of it."""

    key: str
    detail: str = ""


class _Phrases(Phrases):
    """The words of a pack, also those of the pairs that a match speaks of."""

    def title(self, node: n.Field | n.Fact | n.Parameter | n.Switch) -> str:
        """The title of something named; of a part of a pair, that of the register whose row it is."""
        match = next((each for each in self.pack.matches.values() if each.pair == getattr(node, "register", "")), None)
        if match is None:
            return super().title(node)
        part = {"demand": match.demand, "supply": match.supply}.get(node.name, match.demand)
        return self.pack.registers[part].title.say(self.lang)


class Described:
    """The blocks of a pack in words of one language."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self._pack, self._phrases, self._lang = pack, _Phrases(pack, lang), lang

    def facets(self, block: Block | Norm) -> Mapping[Facet, str]:
        """Every facet of a block that says something, in the order of the block."""
        found: dict[Facet, str] = {}
        for facet, words in (*self._own(block), *self._general(block)):
            if words:
                found[facet] = word(words, CODED[facet.key]) if facet.key in CODED else words
        return found

    def _general(self, block: Block | Norm) -> Iterator[tuple[Facet, str]]:
        apart = TOLD_APART.get(type(block), frozenset())
        for field in fields(block):
            value = getattr(block, field.name)
            if field.name in BESIDE or field.name in apart:
                continue
            if field.name == "register" and value in self._pack.registers:
                yield Facet(field.name), self._pack.registers[value].title.say(self._lang)
            elif isinstance(value, Mapping):
                yield from ((Facet(field.name, self._key(key, item)), self.words(item)) for key, item in value.items())
            elif isinstance(value, tuple) and value and isinstance(value[0], Condition):
                yield from ((Facet(field.name, self._named(item)), self.words(item.test)) for item in value)
            elif isinstance(value, tuple) and value and is_dataclass(value[0]) and not isinstance(value[0], Bilingual):
                yield from (
                    (Facet(field.name, str(number)), self.words(item)) for number, item in enumerate(value, start=1)
                )
            else:
                yield Facet(field.name), self.words(value)

    @singledispatchmethod
    def _own(self, block: Block | Norm) -> Iterator[tuple[Facet, str]]:
        """What only the type of a block tells how to say: its values."""
        return iter(())

    @_own.register
    def _(self, block: ParameterDef) -> Iterator[tuple[Facet, str]]:
        for area, values in {"": block.values, **block.by_area}.items():
            for start, value in values:
                detail = " ".join(part for part in (area, start.isoformat()) if part)
                yield Facet("values", detail), self._value(value, block.type, block.codes)
        if block.local is not None:
            yield from self._range(block.local)

    @_own.register
    def _(self, block: TableDef) -> Iterator[tuple[Facet, str]]:
        for row in block.rows:
            keys = [self._cell(key, kept.type) for key, kept in zip(row.keys, block.keys, strict=True)]
            yield Facet("rows", "、".join(keys)), self._value(row.value, block.type)

    @_own.register
    def _(self, block: Assumption) -> Iterator[tuple[Facet, str]]:
        yield Facet("default"), self._value(block.default, block.type)
        for number, (value, reading) in enumerate(block.alternatives, start=1):
            yield Facet("alternatives", self._value(value, block.type) or str(number)), reading.say(self._lang)

    def _range(self, local: LocalRange) -> Iterator[tuple[Facet, str]]:
        """Within what a locality sets its own value, who does, and by what."""
        ends = [self.words(end) for end in (local.least, local.most)]
        yield Facet("local"), f"{ends[0]} – {ends[1]}" if any(ends) else ""
        yield Facet("step"), self.words(local.step)
        yield from ((Facet("set_by", str(number)), level) for number, level in enumerate(local.set_by, start=1))
        yield Facet("instrument"), self.words(local.instrument)

    def _value(self, value: Any, kind: Type | None, codes: Mapping[str, Bilingual] | None = None) -> str:
        return "" if value is None or kind is None else shown(value, kind, self._lang, dict(codes or {}))

    def _cell(self, key: Any, kind: Type) -> str:
        if not isinstance(key, Band):
            return self._value(key, kind)
        return f"[{self._value(key.start, kind) or '−∞'}, {self._value(key.below, kind) or '∞'})"

    def _key(self, key: Any, item: Any) -> str:
        return item.title.say(self._lang) if isinstance(item, RegisterField) else str(key)

    def _named(self, condition: Condition) -> str:
        return condition.title.say(self._lang) if condition.title else condition.name

    @singledispatchmethod
    def words(self, value: Any) -> str:
        """A part of a block in words; empty where it says nothing."""
        if is_dataclass(value):
            return self._list(getattr(value, field.name) for field in fields(value) if field.name not in BESIDE)
        return str(value)

    @words.register
    def _(self, value: None) -> str:
        return ""

    @words.register
    def _(self, value: bool) -> str:
        return shown(value, Bool(), self._lang)

    @words.register
    def _(self, value: Bilingual) -> str:
        return value.say(self._lang)

    @words.register
    def _(self, value: Node) -> str:
        return self._phrases.phrase(value)

    @words.register
    def _(self, value: date) -> str:
        return value.isoformat()

    @words.register
    def _(self, value: Decimal) -> str:
        return f"{value:,f}"

    @words.register
    def _(self, value: tuple) -> str:  # type: ignore[type-arg]  # of anything
        return self._list(value)

    @words.register
    def _(self, value: OrderKey) -> str:
        if value.value is None:
            return "id"
        return f"{self.words(value.value)} {'↓' if value.descending else '↑'}"

    @words.register
    def _(self, value: TableRow) -> str:
        return self._list(value.keys)

    @words.register
    def _(self, value: RegisterField) -> str:
        told = {"personal": value.personal, "sensitive": value.sensitive}
        codes = [f"{code} {title.say(self._lang)}" for code, title in value.codes.items()]
        marks = [name for name, holds in told.items() if holds]
        return self._list([self.words(value.type), *codes, value.unit_label, *marks])

    @words.register(Bool | Number | Date | Code | Text | Ref | Share)
    def _(self, value: Type) -> str:
        return say(self._lang, "{kind}", kind=value.__str__())

    def _list(self, values: Iterable[Any]) -> str:
        return ("; " if self._lang == "en" else "；").join(filter(None, map(self.words, values)))
