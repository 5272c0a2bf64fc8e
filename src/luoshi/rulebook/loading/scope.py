"""What the names of a pack stand for while it is being resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Assumption, FactDef, Measure, ParameterDef, Register, TableDef
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import Ref

FactKey = tuple[str, str]
MOST_NAMES = 12
MOST_TOKENS = 30_000
_TOKEN = re.compile(r"\w+|[^\s\w]")


class Needs(Exception):
    """A fact is used before it is resolved."""

    def __init__(self, key: FactKey) -> None:
        self.key = key
        super().__init__(key)


class Broken(Exception):
    """Something this expression needs has a finding of its own; no second finding is wanted."""


@dataclass
class Names:
    """Everything an expression can name. `waiting` facts are not resolved yet; `broken` ones never will be."""

    registers: dict[str, Register] = field(default_factory=dict)
    parameters: dict[str, ParameterDef] = field(default_factory=dict)
    tables: dict[str, TableDef] = field(default_factory=dict)
    assumptions: dict[str, Assumption] = field(default_factory=dict)
    facts: dict[FactKey, FactDef] = field(default_factory=dict)
    waiting: dict[FactKey, Entry] = field(default_factory=dict)
    broken: set[Any] = field(default_factory=set)
    measure_registers: dict[str, str] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    tokens_left: int = MOST_TOKENS

    def spend(self, text: str) -> None:
        """Count an expression against what a pack may hold, so that no pack takes long to read."""
        if self.tokens_left < 0:
            raise Broken
        self.tokens_left -= len(_TOKEN.findall(text))
        if self.tokens_left < 0:
            raise Mismatch("EXPR-006", most=MOST_TOKENS)

    def column(self, register: str, name: str) -> n.Node:
        """The field or fact `name` of a register's row."""
        definition = self.registers.get(register)
        if definition is None:
            raise Broken
        if name in definition.fields:
            return n.Field(definition.fields[name].type, register, name)
        key = (register, name)
        if key in self.facts:
            return n.Fact(self.facts[key].type, register, name)
        if key in self.waiting:
            raise Needs(key)
        if key in self.broken or register in self.broken:
            raise Broken
        known = [*definition.fields, *(fact for of, fact in [*self.facts, *self.waiting] if of == register)]
        raise Mismatch("EXPR-030", name=name, register=register, near=near(name, known))

    def path(self, register: str, names: tuple[str, ...]) -> n.Node:
        """A dotted path from a register's row."""
        head = self.column(register, names[0])
        if len(names) == 1:
            return head
        if not isinstance(head, n.Field) or not isinstance(head.type, Ref):
            raise Mismatch("EXPR-015", name=names[0], seen=str(head.type))
        return n.Follow((target := self.path(head.type.register, names[1:])).type, head, target)

    def setting(self, name: str) -> n.Node:
        """The parameter or switch behind `$name`."""
        if name in self.parameters:
            return n.Parameter(self.parameters[name].type, name)
        if name in self.assumptions:
            kind = self.assumptions[name].type
            if kind is None:
                raise Mismatch("EXPR-032", name=name)
            return n.Switch(kind, name)
        if name in self.broken:
            raise Broken
        raise Mismatch("EXPR-031", name=name, near=near(name, [*self.parameters, *self.assumptions]))

    def register(self, name: str) -> Register:
        """A register by name."""
        if name in self.registers:
            return self.registers[name]
        if name in self.broken:
            raise Broken
        raise Mismatch("EXPR-033", name=name, near=near(name, self.registers))

    def table(self, name: str) -> TableDef:
        """A table by name."""
        if name in self.tables:
            return self.tables[name]
        if name in self.broken:
            raise Broken
        raise Mismatch("EXPR-034", name=name, near=near(name, self.tables))

    def eligible(self, register: str, measure: str) -> None:
        """Refuse a measure that is not decided for the register's rows."""
        if measure not in self.measure_registers:
            raise Mismatch("EXPR-035", name=measure, near=near(measure, self.measure_registers))
        if self.measure_registers[measure] != register:
            raise Mismatch("EXPR-036", name=measure, register=self.measure_registers[measure], scope=register)

    def via(self, child: str, subject: str, written: tuple[str, ...] | None) -> tuple[str, ...]:
        """The path of references from a child register's row to the subject."""
        definition = self.register(child)
        if written:
            self._check_path(child, subject, written)
            return written
        if subject == "area" and definition.area:
            return definition.area
        fields = [name for name, item in definition.fields.items() if item.type == Ref(subject)]
        if len(fields) != 1:
            raise Mismatch("EXPR-037", child=child, subject=subject, found=fields)
        return (fields[0],)

    def _check_path(self, child: str, subject: str, written: tuple[str, ...]) -> None:
        at = child
        for name in written:
            fields = self.register(at).fields
            kind = fields[name].type if name in fields else None
            if not isinstance(kind, Ref):
                raise Mismatch("EXPR-015", name=name, seen=str(kind or "no field"))
            at = kind.register
        if at != subject:
            raise Mismatch("EXPR-038", path=".".join(written), seen=at, expected=subject)


def near(name: str, known: Iterable[str]) -> str:
    """The names most like a misspelt one; some of those there are when none is alike."""
    names = list(known)
    return ", ".join(get_close_matches(name, names, 3) or names[:MOST_NAMES]) or "-"
