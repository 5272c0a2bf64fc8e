"""Blocks of periodic sheets, which fields of a register somebody fills in and which follow; and of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from luoshi.rulebook.loading.making import Maker
from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.loading.scope import Names
from luoshi.rulebook.loading.shapes.sheets import AccountShape, MovementShape, SheetShape, StatementShape
from luoshi.rulebook.model import build
from luoshi.rulebook.model.blocks import Register, RegisterField
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.nodes import Node
from luoshi.rulebook.model.sheets import Account, Line, Movement, Paid, Sheet, Source, Statement
from luoshi.rulebook.model.types import Date, KindWords, Number, Ref

Expressions = Mapping[str, str]
DIVISIONS = "area"
"""The register of divisions: nothing is asked about each of them."""


def make_sheet(entry: Entry, shape: SheetShape, names: Names) -> Sheet:
    """A sheet. Its register has one row for each owner and period, and no field is filled in twice."""
    register = names.register(shape.of)
    _check_fields(register, shape)
    _check_key(register, shape)
    maker = Maker(entry, names)
    owner = register.fields[shape.owner].type
    assert isinstance(owner, Ref)
    when = None if shape.when is None else maker.truth(owner.register, shape.when, "when")
    return Sheet(
        entry.id,
        shape.title.text(),
        entry.place,
        register=shape.of,
        owner=shape.owner,
        period=shape.period,
        source=_source(shape, owner.register, names),
        every=shape.every,
        when=when,
        asked=tuple(shape.asked),
        filled=_fitting(maker, shape.of, shape.of, shape.filled, "filled"),
        found={name: _key(maker, register, name, key, names) for name, key in shape.found.items()},
        adds_up=_fitting(maker, shape.of, shape.of, shape.adds_up, "adds_up"),
        by=tuple(shape.by),
        confirmed_by=tuple(shape.confirmed_by),
        within=shape.within,
        days=shape.days,
        pays=Paid(tuple(shape.pays.measures), shape.pays.amount) if shape.pays else None,
        stated=shape.stated,
    )


def _check_fields(register: Register, shape: SheetShape) -> None:
    """Every key names fields of the kind that it needs, and none is filled in twice."""
    placed = [shape.owner, *([shape.source.field] if shape.source else [])]
    _each(register, placed, "owner", lambda field: isinstance(field.type, Ref) and field.type.register != DIVISIONS)
    _each(register, [shape.period] if shape.period else [], "period", lambda field: isinstance(field.type, Date))
    _each(register, shape.asked, "asked", lambda field: not field.sensitive and not isinstance(field.type, Ref))
    _each(register, shape.filled, "filled", lambda field: not field.sensitive)
    _each(register, shape.found, "found", lambda field: isinstance(field.type, Ref))
    _each(register, shape.adds_up, "adds_up", lambda field: isinstance(field.type, Number))
    _each(register, [shape.pays.amount] if shape.pays else [], "pays", lambda field: isinstance(field.type, Number))
    every = [*placed, *filter(None, [shape.period]), *shape.asked, *shape.filled, *shape.found]
    twice = [name for name, count in Counter(every).items() if count > 1]
    if twice:
        raise Mismatch("PACK-067", field=", ".join(twice), register=register.id)


def _each(register: Register, names: Iterable[str], key: str, fits: Callable[[RegisterField], bool]) -> None:
    for name in names:
        _one(register, name, (key,), fits)


def _one(register: Register, name: str, path: tuple[str, ...], fits: Callable[[RegisterField], bool]) -> None:
    fitting = [known for known, field in register.fields.items() if fits(field)]
    if name not in fitting:
        raise Mismatch("PACK-066", field=name, register=register.id, known=sorted(fitting), path=path)


def _check_key(register: Register, shape: SheetShape) -> None:
    own = shape.source.field if shape.source else shape.period
    if set(register.key) != {shape.owner, own}:
        raise Mismatch("PACK-068", register=register.id, known=list(register.key), path=("owner",))


def _source(shape: SheetShape, owner: str, names: Names) -> Source | None:
    """Where a row rests on another: the reference and the path from the owner are followed, the sheet is seen later."""
    if shape.source is None:
        return None
    through = tuple(shape.source.through.split("."))
    node = names.path(owner, through)
    if not isinstance(node.type, Ref):
        raise Mismatch("PACK-066", field=shape.source.through, register=owner, known=[], path=("source", "through"))
    return Source(shape.source.sheet, shape.source.field, through)


def _key(maker: Maker, register: Register, name: str, key: Expressions, names: Names) -> dict[str, Node]:
    """The key by which a reference is found: every field of the key of the register it leads to."""
    kind = register.fields[name].type
    assert isinstance(kind, Ref)
    target = names.register(kind.register)
    if set(key) != set(target.key):
        raise Mismatch("PACK-068", register=target.id, known=list(target.key), path=("found", name))
    return _fitting(maker, register.id, target.id, key, "found", name)


def _fitting(maker: Maker, about: str, into: str, given: Expressions, *path: str) -> dict[str, Node]:
    """Expressions about a row of a register, each of the type of its field in the same register or another."""
    found = {}
    for name, text in given.items():
        node, field = maker.node(about, text, *path, name), maker.names.path(into, (name,))
        try:
            build.compare("=", field, node)
        except Mismatch as problem:
            problem.facts |= {"path": (*path, name), "expression": text}
            raise
        found[name] = node
    return found


def make_statement(entry: Entry, shape: StatementShape, names: Names) -> Statement:
    """A statement; each of its figures is a number."""
    register, maker = names.register(shape.of), Maker(entry, names)
    lines = []
    for name, line in shape.lines.items():
        path = ("lines", name, "value")
        node = maker.node(shape.of, line.value, *path)
        if not isinstance(node.type, Number):
            facts = {"seen": str(node.type), "expected": KindWords("number"), "expression": line.value}
            raise Mismatch("EXPR-010", path=path, **facts)
        lines.append(Line(name, line.title.text(), node, line.adds_up))
    account = _account(maker, register, shape.account, names) if shape.account else None
    return Statement(entry.id, shape.title.text(), entry.place, register=shape.of, lines=tuple(lines), account=account)


def _account(maker: Maker, register: Register, shape: AccountShape, names: Names) -> Account:
    if shape.opening is not None:
        _one(register, shape.opening, ("account", "opening"), lambda field: isinstance(field.type, Number))
    comes, goes = (
        _movement(maker, register, part, names, ("account", key))
        for key, part in (("comes", shape.comes), ("goes", shape.goes))
    )
    return Account(shape.fund, shape.opening, comes, goes, tuple(shape.by))


def _movement(maker: Maker, register: Register, shape: MovementShape, names: Names, path: tuple[str, ...]) -> Movement:
    """Rows of another register that refer to those of the statement."""
    moving = names.register(shape.of)
    _one(moving, shape.through, (*path, "through"), lambda field: field.type == Ref(register.id))
    _one(moving, shape.amount, (*path, "amount"), lambda field: isinstance(field.type, Number))
    _one(moving, shape.day, (*path, "day"), lambda field: isinstance(field.type, Date))
    when = None if shape.when is None else maker.truth(shape.of, shape.when, *path, "when")
    return Movement(shape.of, shape.through, shape.amount, shape.day, when)
