"""What a set of nodes rests on: facts in the order in which they can be computed, and the columns that are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref

FactKey = tuple[str, str]


def facts_in_order(pack: Pack, nodes: Iterable[n.Node]) -> list[FactKey]:
    """The facts that nodes rest on, each after those it rests on itself. Chains may be longer than Python's stack."""
    order: dict[FactKey, None] = {}
    waiting = [key for node in nodes for key in _facts(pack, node)][::-1]
    opened: set[FactKey] = set()
    while waiting:
        key = waiting[-1]
        if key in order:
            waiting.pop()
        elif key in opened:
            order[key] = None
        else:
            opened.add(key)
            value = pack.facts[key].value
            waiting += [inner for inner in _facts(pack, value) if inner not in order] if value is not None else []
    return list(order)


def _facts(pack: Pack, node: n.Node) -> Iterator[FactKey]:
    for part in _parts(pack, node):
        if isinstance(part, n.Fact):
            yield part.register, part.name


def _parts(pack: Pack, node: n.Node) -> Iterator[n.Node]:
    """The node and everything below it; the conditions of measures that it asks about are among them, each once."""
    waiting, asked = [node], set()
    while waiting:
        for part in n.walk(waiting.pop()):
            yield part
            if isinstance(part, n.Eligible) and part.measure not in asked:
                asked.add(part.measure)
                waiting += [condition.test for condition in pack.measures[part.measure].conditions]


def columns_read(pack: Pack, nodes: Iterable[n.Node], registers: Iterable[str]) -> dict[str, set[str]]:
    """The columns that nodes read, by register; with ids, the way to every area, and facts that may be given."""
    read: dict[str, set[str]] = {register: {"id"} for register in registers}
    starts = list(nodes)
    for key in facts_in_order(pack, starts):
        read.setdefault(key[0], {"id"}).add(key[1])
        value = pack.facts[key].value
        starts += [] if value is None else [value]
    for node in starts:
        for part in _parts(pack, node):
            if isinstance(part, n.Field):
                read.setdefault(part.register, {"id"}).add(part.name)
            elif isinstance(part, n.Aggregate):
                _read_path(pack, part.register, part.via, read)
    for register in list(read):
        _read_path(pack, register, pack.registers[register].area, read)
    return read


def _read_path(pack: Pack, register: str, path: tuple[str, ...], read: dict[str, set[str]]) -> None:
    for name in path:
        read.setdefault(register, {"id"}).add(name)
        kind = pack.registers[register].fields[name].type
        assert isinstance(kind, Ref)
        register = kind.register
    read.setdefault(register, {"id"})
