"""Syntax to typed nodes, by the names in scope. One small function per piece of syntax."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from luoshi.rulebook.loading.scope import Names
from luoshi.rulebook.loading.syntax import Syntax, parse
from luoshi.rulebook.model import build
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import BOOL, DATE, DAY, MONTH, YEAR, Code, Unit

FIRST_DAY = "count_first_day"
DATE_EDGES = ("first_of_month", "last_of_month", "first_of_year", "last_of_year")
LONGEST_NUMBER = 24


class Resolver:
    """Resolves expressions in the scope of a register's row (None: no row, parameters only)."""

    def __init__(self, names: Names, register: str | None) -> None:
        self.names, self.register = names, register

    def expression(self, text: str) -> n.Node:
        """The typed node of an expression's text."""
        self.names.spend(text)
        return self.node(parse(text))

    def node(self, syntax: Syntax) -> n.Node:
        """The typed node of a piece of syntax; a broken rule is placed at its column."""
        try:
            return _KINDS[syntax.kind](self, *syntax.parts)
        except Mismatch as problem:
            problem.facts.setdefault("column", syntax.column)
            raise

    def row(self) -> str:
        """The register in scope."""
        if self.register is None:
            raise Mismatch("EXPR-039")
        return self.register

    def within(self, register: str) -> Resolver:
        """A resolver for the rows of another register."""
        return Resolver(self.names, register)


def _path(at: Resolver, *names: str) -> n.Node:
    if names == ("on_date",):
        return n.OnDate(DATE)
    return at.names.path(at.row(), names)


def _number(at: Resolver, text: str) -> n.Node:
    if len(text) > LONGEST_NUMBER:
        raise Mismatch("EXPR-020", digits=len(text), most=LONGEST_NUMBER)
    return build.literal(Decimal(text) if "." in text else int(text))


def _compare(at: Resolver, left: Syntax, op: str, right: Syntax) -> n.Node:
    return build.compare(op, at.node(left), at.node(right))


def _between(at: Resolver, item: Syntax, low: Syntax, high: Syntax) -> n.Node:
    value = at.node(item)
    return build.conjunction((build.compare(">=", value, at.node(low)), build.compare("<=", value, at.node(high))))


def _among(at: Resolver, item: Syntax, *values: Syntax) -> n.Node:
    literals = [node for node in (at.node(value) for value in values) if isinstance(node, n.Literal)]
    return build.among(at.node(item), tuple(literals))


def _choose(at: Resolver, *parts: Syntax) -> n.Node:
    arms = tuple((at.node(arm.parts[0]), at.node(arm.parts[1])) for arm in parts[:-1])
    return build.choose(arms, at.node(parts[-1]))


def _choose_two(at: Resolver, test: Syntax, then: Syntax, otherwise: Syntax) -> n.Node:
    return build.choose(((at.node(test), at.node(then)),), at.node(otherwise))


def _call(at: Resolver, name: str, *arguments: Syntax) -> n.Node:
    if name not in _FUNCTIONS:
        raise Mismatch("EXPR-040", name=name, known=sorted(_FUNCTIONS))
    least, most, function = _FUNCTIONS[name]
    if not least <= len(arguments) <= most:
        raise Mismatch("EXPR-041", name=name, seen=len(arguments), least=least, most=most)
    return function(at, *arguments)


_KINDS: dict[str, Callable[..., n.Node]] = {
    "disjunction": lambda at, *items: build.disjunction(tuple(at.node(item) for item in items)),
    "conjunction": lambda at, *items: build.conjunction(tuple(at.node(item) for item in items)),
    "negation": lambda at, item: build.negation(at.node(item)),
    "compare": _compare,
    "between": _between,
    "among": _among,
    "not_among": lambda at, *parts: build.negation(_among(at, *parts)),
    "add": lambda at, left, right: build.add(at.node(left), at.node(right)),
    "subtract": lambda at, left, right: build.subtract(at.node(left), at.node(right)),
    "multiply": lambda at, left, right: build.multiply(at.node(left), at.node(right)),
    "negate": lambda at, item: build.negate(at.node(item)),
    "parameter": lambda at, name: at.names.setting(name),
    "path": _path,
    "call": _call,
    "choose": _choose,
    "choose_two": _choose_two,
    "number": _number,
    "text": lambda at, text: build.literal(text[1:-1]),
    "true": lambda at: n.Literal(BOOL, True),
    "false": lambda at: n.Literal(BOOL, False),
}


def _word(syntax: Syntax) -> str:
    """The text of a literal string argument."""
    if syntax.kind != "text":
        raise Mismatch("EXPR-042", expected="'text'", column=syntax.column)
    return str(syntax.parts[0][1:-1])


def _name(syntax: Syntax) -> str:
    """A bare name argument, such as a register."""
    if syntax.kind != "path" or len(syntax.parts) != 1:
        raise Mismatch("EXPR-042", expected="a name", column=syntax.column)
    return str(syntax.parts[0])


def _places(syntax: Syntax) -> int:
    """The decimal places of a rounding step such as 0.01, 1 or 0.1."""
    text = str(syntax.parts[0]) if syntax.kind == "number" else ""
    if text not in {"1", *(f"0.{'0' * zeros}1" for zeros in range(8))}:
        raise Mismatch("EXPR-043", seen=text, column=syntax.column)
    return len(text.partition(".")[2])


def _date(at: Resolver, text: Syntax) -> n.Node:
    try:
        return build.literal(date.fromisoformat(_word(text)))
    except ValueError:
        raise Mismatch("EXPR-044", seen=_word(text)) from None


def _divide(at: Resolver, left: Syntax, right: Syntax, step: Syntax, mode: Syntax) -> n.Node:
    return build.divide(at.node(left), at.node(right), _places(step), _word(mode))


def _round_to(at: Resolver, item: Syntax, step: Syntax, mode: Syntax) -> n.Node:
    return build.round_to(at.node(item), _places(step), _word(mode))


def _served(at: Resolver, start: Syntax, end: Syntax, span: Syntax) -> n.Node:
    first_day = at.names.setting(FIRST_DAY) if FIRST_DAY in at.names.assumptions else n.Literal(BOOL, True)
    return build.served(at.node(start), at.node(end), at.node(span), n.OnDate(DATE), first_day)


def _lookup(at: Resolver, name: Syntax, *keys: Syntax) -> n.Node:
    table = at.names.table(_name(name))
    if len(keys) != len(table.keys):
        raise Mismatch("EXPR-041", name=table.id, seen=len(keys), least=len(table.keys), most=len(table.keys))
    nodes = []
    for key, syntax in zip(table.keys, keys, strict=True):
        node = at.node(syntax)
        if not build.same_kind(node.type, key.type) and not isinstance(key.type, Code):
            raise Mismatch("EXPR-011", left=str(node.type), right=str(key.type), column=syntax.column)
        nodes.append(node)
    return n.Lookup(table.type, table.id, tuple(nodes))


def _eligible(at: Resolver, measure: Syntax) -> n.Node:
    at.names.eligible(at.row(), _word(measure))
    return n.Eligible(BOOL, _word(measure))


def _aggregate(op: str, *, with_value: bool, test_required: bool = False) -> Callable[..., n.Node]:
    """The function of an aggregate: its register, then the value if it has one, then the condition."""

    def resolve(at: Resolver, register: Syntax, *rest: Syntax) -> n.Node:
        child = _name(register)
        via = at.names.via(child, at.row(), None)
        inside = at.within(child)
        value = inside.node(rest[0]) if with_value else None
        tests = rest[1:] if with_value else rest
        where = inside.node(tests[0]) if tests else None
        return build.aggregate(op, child, via, where=where, value=value)

    return resolve


def _span(unit: Unit) -> Callable[..., n.Node]:
    return lambda at, item: build.length(at.node(item), unit)


def _shift(unit: Unit) -> Callable[..., n.Node]:
    return lambda at, start, span: build.add_time(at.node(start), at.node(span), unit)


def _between_days(unit: Unit) -> Callable[..., n.Node]:
    return lambda at, start, end: build.time_between(unit, at.node(start), at.node(end))


def _part(part: str) -> Callable[..., n.Node]:
    return lambda at, of: build.date_part(part, at.node(of))


def _edge(edge: str) -> Callable[..., n.Node]:
    return lambda at, of: build.date_edge(edge, at.node(of))


def _least(at: Resolver, *items: Syntax) -> n.Node:
    return build.least(tuple(at.node(item) for item in items))


def _greatest(at: Resolver, *items: Syntax) -> n.Node:
    return build.greatest(tuple(at.node(item) for item in items))


def _clamp(at: Resolver, item: Syntax, low: Syntax, high: Syntax) -> n.Node:
    return build.least((build.greatest((at.node(item), at.node(low))), at.node(high)))


_FUNCTIONS: dict[str, tuple[int, int, Callable[..., n.Node]]] = {
    "is_known": (1, 1, lambda at, item: build.is_known(at.node(item))),
    "min": (2, 8, _least),
    "max": (2, 8, _greatest),
    "cap": (2, 2, _least),
    "at_least": (2, 2, _greatest),
    "clamp": (3, 3, _clamp),
    "divide": (4, 4, _divide),
    "round_to": (3, 3, _round_to),
    "date": (1, 1, _date),
    "days": (1, 1, _span(DAY)),
    "months": (1, 1, _span(MONTH)),
    "years": (1, 1, _span(YEAR)),
    "add_days": (2, 2, _shift(DAY)),
    "add_months": (2, 2, _shift(MONTH)),
    "add_years": (2, 2, _shift(YEAR)),
    "days_between": (2, 2, _between_days(DAY)),
    "months_between": (2, 2, _between_days(MONTH)),
    "years_between": (2, 2, _between_days(YEAR)),
    "served": (3, 3, _served),
    "year": (1, 1, _part("year")),
    "month": (1, 1, _part("month")),
    **{edge: (1, 1, _edge(edge)) for edge in DATE_EDGES},
    "lookup": (2, 9, _lookup),
    "eligible": (1, 1, _eligible),
    "count_of": (1, 2, _aggregate("count", with_value=False)),
    "sum_of": (2, 3, _aggregate("sum", with_value=True)),
    "any_of": (2, 2, _aggregate("any", with_value=False)),
    "all_of": (2, 2, _aggregate("all", with_value=False)),
    "min_of": (2, 3, _aggregate("min", with_value=True)),
    "max_of": (2, 3, _aggregate("max", with_value=True)),
    "share_of": (2, 2, _aggregate("share", with_value=False)),
}
