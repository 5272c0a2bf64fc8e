"""Reads the expressions of the pack, by way of Python's own parser, into terms."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from bench.rules import terms as t
from bench.rules.features import SHARES, Feature

_CASE = re.compile(r"case when (.+?) then (.+?)((?: when .+? then .+?)*) else (.+?) end")
_WHEN = re.compile(r" when (.+?) then (.+?)(?= when |$)")
_OPERATORS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


def as_python(text: str) -> str:
    """The same expression in Python's syntax.

    >>> as_python("if(a <> 1, $b, 0) = c")
    'choose_(a != 1, par_.b, 0) == c'
    """
    text = _CASE.sub(_nested, text)
    text = re.sub(r"\bif\(", "choose_(", text).replace("<>", "!=")
    text = re.sub(r"(?<![<>!=])=(?!=)", "==", text)
    return re.sub(r"\$(\w+)", r"par_.\1", text)


def _nested(match: re.Match[str]) -> str:
    test, value, more, otherwise = match.groups()
    arms = [(test, value), *_WHEN.findall(more)]
    result = otherwise
    for when, then in reversed(arms):
        result = f"if({when}, {then}, {result})"
    return result


class Reader:
    """Turns expressions over a register into terms."""

    def __init__(
        self,
        features: Mapping[str, Mapping[str, Feature]],
        refs: Mapping[tuple[str, str], str],
        parameters: Mapping[str, int],
        places: Mapping[str, int],
    ) -> None:
        self.features, self.refs = features, refs
        self.parameters, self.places = parameters, places
        self.nullable: dict[str, bool] = {}
        self.register = ""

    def note(self, measure: str, nullable: bool) -> None:
        """Remember whether the conditions of a measure may be unknown, for `eligible`."""
        self.nullable[measure] = nullable

    def read(self, text: str, register: str) -> t.Term:
        """The term of an expression."""
        self.register = register
        return self._term(ast.parse(as_python(text), mode="eval").body)

    def _term(self, node: ast.expr) -> t.Term:
        handlers: dict[type, Callable[..., t.Term]] = {
            ast.BoolOp: self._both,
            ast.UnaryOp: self._not,
            ast.Compare: self._compare,
            ast.BinOp: self._arithmetic,
            ast.Call: self._call,
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._name,
        }
        return handlers[type(node)](node)

    def _both(self, node: ast.BoolOp) -> t.Term:
        op = "and" if isinstance(node.op, ast.And) else "or"
        return t.both(op, tuple(self._term(value) for value in node.values))

    def _not(self, node: ast.UnaryOp) -> t.Term:
        return t.negated(self._term(node.operand))

    def _compare(self, node: ast.Compare) -> t.Term:
        operator, right = node.ops[0], node.comparators[0]
        if isinstance(operator, ast.In):
            assert isinstance(right, ast.Tuple)
            return t.among(self._term(node.left), tuple(ast.literal_eval(right)))
        op = _OPERATORS[type(operator)]
        if isinstance(node.left, ast.Name) and node.left.id in SHARES:
            return self._share(op, node.left.id, self._term(right))
        return t.compared(op, self._term(node.left), self._term(right))

    def _share(self, op: str, name: str, rate: t.Term) -> t.Term:
        """A share compared with a rate: the part with the rate times the whole, unknown of nobody."""
        part, whole = (self._column(item) for item in SHARES[name])
        some = t.compared(">", whole, t.constant(0, 0))
        test = t.compared(op, part, t.product(rate, whole))
        return t.Term("where_known", (test, some), "bool", 0, True)

    def _arithmetic(self, node: ast.BinOp) -> t.Term:
        left, right = self._term(node.left), self._term(node.right)
        if isinstance(node.op, ast.Mult):
            return t.product(left, right)
        return t.added("add" if isinstance(node.op, ast.Add) else "sub", left, right)

    def _constant(self, node: ast.Constant) -> t.Term:
        if isinstance(node.value, str):
            return t.Term("code", (node.value,), "code")
        number = Decimal(str(node.value))
        places = max(0, -int(number.as_tuple().exponent))
        return t.constant(int(number.scaleb(places)), places)

    def _name(self, node: ast.expr) -> t.Term:
        path = ast.unparse(node).split(".")
        if path[0] == "par_":
            name = path[1]
            if name in self.parameters:
                return t.parameter(name, self.parameters[name], self.places[name])
            return t.by_area(name, self.places[name])
        return self._column(*path)

    def _column(self, *path: str) -> t.Term:
        register, nullable = self.register, False
        for step in path[:-1]:
            nullable = nullable or self.features[register][step].nullable
            register = self.refs[register, step]
        feature = self.features[register][path[-1]]
        return t.column("__".join(path), feature.kind, feature.places, nullable or feature.nullable)

    def _call(self, node: ast.Call) -> t.Term:
        assert isinstance(node.func, ast.Name)
        special = {
            "eligible": self._eligible,
            "lookup": self._lookup,
            "months_between": self._months,
        }
        name = node.func.id
        if name in special:
            return special[name](node)
        return _FUNCTIONS[name](*[self._term(argument) for argument in node.args])

    def _eligible(self, node: ast.Call) -> t.Term:
        measure = ast.literal_eval(node.args[0])
        return t.eligible(measure, self.nullable[measure])

    def _lookup(self, node: ast.Call) -> t.Term:
        return t.looked_up(ast.unparse(node.args[0]), self._term(node.args[1]), 4)

    def _months(self, node: ast.Call) -> t.Term:
        """Months from a field to the day asked about: a feature, since dates are the peers' own work."""
        assert ast.unparse(node.args[1]) == "on_date"
        return self._column(f"months_since_{ast.unparse(node.args[0])}")


def _clamped(value: t.Term, low: t.Term, high: t.Term) -> t.Term:
    return t.extreme("least", (t.extreme("greatest", (value, low)), high))


_FUNCTIONS: Mapping[str, Callable[..., t.Term]] = {
    "choose_": t.chosen,
    "is_known": t.known,
    "min": lambda *items: t.extreme("least", items),
    "max": lambda *items: t.extreme("greatest", items),
    "cap": lambda *items: t.extreme("least", items),
    "at_least": lambda *items: t.extreme("greatest", items),
    "clamp": _clamped,
}
