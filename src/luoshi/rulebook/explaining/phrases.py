"""Nodes in words: what an expression speaks of, by the titles of registers, fields, facts and parameters."""

from __future__ import annotations

from functools import singledispatchmethod

from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Code, Date
from luoshi.rulebook.wording import msg, say

_OPERATORS = {
    "=": msg("{left} is {right}"),
    "<>": msg("{left} is not {right}"),
    "<": msg("{left} is below {right}"),
    "<=": msg("{left} is at most {right}"),
    ">": msg("{left} is above {right}"),
    ">=": msg("{left} is at least {right}"),
}
_DATE_OPERATORS = {
    "=": msg("{left} is {right}"),
    "<>": msg("{left} is not {right}"),
    "<": msg("{left} is before {right}"),
    "<=": msg("{left} is not after {right}"),
    ">": msg("{left} is after {right}"),
    ">=": msg("{left} is not before {right}"),
}
_AGGREGATES = {
    "count": msg("number of {rows}"),
    "sum": msg("sum of {value} over {rows}"),
    "any": msg("at least one of {rows}"),
    "all": msg("every one of {rows}"),
    "min": msg("least {value} among {rows}"),
    "max": msg("greatest {value} among {rows}"),
    "share": msg("share among {rows}"),
}
_EDGES = {
    "first_of_month": msg("first day of the month of {day}"),
    "last_of_month": msg("last day of the month of {day}"),
    "first_of_year": msg("first day of the year of {day}"),
    "last_of_year": msg("last day of the year of {day}"),
}


class Phrases:
    """The words of a pack in one language."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self.pack, self.lang = pack, lang
        self._said: dict[int, tuple[n.Node, str]] = {}

    def say(self, message: str, **facts: object) -> str:
        """A message in this language."""
        return say(self.lang, message, facts)

    def title(self, node: n.Field | n.Fact | n.Parameter | n.Switch) -> str:
        """The title of something named."""
        if isinstance(node, n.Field):
            field = self.pack.registers[node.register].fields.get(node.name)
            return field.title.say(self.lang) if field else node.name
        if isinstance(node, n.Fact):
            return self.pack.fact(node.register, node.name).title.say(self.lang)
        blocks = self.pack.parameters if isinstance(node, n.Parameter) else self.pack.assumptions
        return blocks[node.name].title.say(self.lang)

    def codes(self, node: n.Node) -> dict[str, Bilingual] | None:
        """The titles of the codes that a node may have as its value."""
        if isinstance(node, n.Follow):
            return self.codes(node.target)
        if isinstance(node, n.Field):
            field = self.pack.registers[node.register].fields.get(node.name)
            return dict(field.codes) if field else None
        if isinstance(node, n.Parameter):
            return dict(self.pack.parameters[node.name].codes)
        return None

    def join(self, parts: list[str], between: str) -> str:
        """Phrases joined by a word."""
        return self.say(between).join(parts)

    def phrase(self, node: n.Node) -> str:
        """A node in words, put together once: what a pack says does not change from case to case."""
        said = self._said.get(id(node))
        if said is None:
            said = self._said[id(node)] = (node, self._phrase(node))
        return said[1]

    @singledispatchmethod
    def _phrase(self, node: n.Node) -> str:
        raise NotImplementedError(type(node).__name__)

    @_phrase.register
    def _(self, node: n.Literal) -> str:
        return shown(node.value, node.type, self.lang)

    @_phrase.register(n.Field)
    @_phrase.register(n.Fact)
    @_phrase.register(n.Parameter)
    @_phrase.register(n.Switch)
    def _(self, node: n.Field | n.Fact | n.Parameter | n.Switch) -> str:
        return self.title(node)

    @_phrase.register
    def _(self, node: n.Follow) -> str:
        return self.say(msg("{inner} of the {owner}"), owner=self.title(node.ref), inner=self.phrase(node.target))

    @_phrase.register
    def _(self, node: n.OnDate) -> str:
        return self.say(msg("the as-of date"))

    @_phrase.register
    def _(self, node: n.All) -> str:
        return self.join([self._grouped(item, n.Any) for item in node.items], msg(" and "))

    @_phrase.register
    def _(self, node: n.Any) -> str:
        return self.join([self._grouped(item, n.All) for item in node.items], msg(" or "))

    def _grouped(self, node: n.Node, *kinds: type[n.Node]) -> str:
        """A node in words, in brackets where it could be read together with what stands beside it."""
        words = self.phrase(node)
        return self.say(msg("({words})"), words=words) if isinstance(node, kinds) else words

    @_phrase.register
    def _(self, node: n.Not) -> str:
        return self.say(msg("not: {item}"), item=self._grouped(node.item, n.All, n.Any))

    @_phrase.register
    def _(self, node: n.IsKnown) -> str:
        return self.say(msg("{item} is known"), item=self.phrase(node.item))

    @_phrase.register
    def _(self, node: n.Compare) -> str:
        operators = _DATE_OPERATORS if isinstance(node.left.type, Date) else _OPERATORS
        left, right = self._literal(node.left, node.right), self._literal(node.right, node.left)
        return self.say(operators[node.op], left=left, right=right)

    def _literal(self, node: n.Node, beside: n.Node) -> str:
        """A literal code by the title it has in the other side's list; anything else as a phrase."""
        if isinstance(node, n.Literal) and isinstance(node.type, Code):
            return shown(node.value, node.type, self.lang, self.codes(beside))
        return self.phrase(node)

    @_phrase.register
    def _(self, node: n.CompareShare) -> str:
        return self.say(_OPERATORS[node.op], left=self.phrase(node.share), right=self.phrase(node.rate))

    @_phrase.register
    def _(self, node: n.Among) -> str:
        values = [self._literal(value, node.item) for value in node.values]
        return self.say(msg("{item} is one of {values}"), item=self.phrase(node.item), values=values)

    @_phrase.register
    def _(self, node: n.Add) -> str:
        return f"{self.phrase(node.left)} + {self.phrase(node.right)}"

    @_phrase.register
    def _(self, node: n.Subtract) -> str:
        return f"{self.phrase(node.left)} − {self.phrase(node.right)}"

    @_phrase.register
    def _(self, node: n.Multiply) -> str:
        return f"{self._factor(node.left)} × {self._factor(node.right)}"

    def _factor(self, node: n.Node) -> str:
        words = self.phrase(node)
        return f"({words})" if isinstance(node, n.Add | n.Subtract) else words

    @_phrase.register
    def _(self, node: n.Negate) -> str:
        return f"−{self._factor(node.item)}"

    @_phrase.register
    def _(self, node: n.Divide) -> str:
        return f"{self._factor(node.left)} ÷ {self._factor(node.right)}"

    @_phrase.register
    def _(self, node: n.Round) -> str:
        return self.say(msg("{item}, rounded"), item=self.phrase(node.item))

    @_phrase.register
    def _(self, node: n.Choose) -> str:
        arms = [self.say(msg("if {test}: {value}"), test=self.phrase(t), value=self.phrase(v)) for t, v in node.arms]
        return self.join([*arms, self.say(msg("otherwise: {value}"), value=self.phrase(node.otherwise))], msg("; "))

    @_phrase.register
    def _(self, node: n.Least) -> str:
        return self.say(msg("the least of {items}"), items=[self.phrase(item) for item in node.items])

    @_phrase.register
    def _(self, node: n.Greatest) -> str:
        return self.say(msg("the greatest of {items}"), items=[self.phrase(item) for item in node.items])

    @_phrase.register
    def _(self, node: n.AddTime) -> str:
        return self.say(msg("{day} plus {length}"), day=self.phrase(node.day), length=self.phrase(node.length))

    @_phrase.register
    def _(self, node: n.TimeBetween) -> str:
        return self.say(msg("time from {start} to {end}"), start=self.phrase(node.start), end=self.phrase(node.end))

    @_phrase.register
    def _(self, node: n.Served) -> str:
        return self.say(
            msg("there since {start} and for at least {length}"),
            start=self.phrase(node.start),
            length=self.phrase(node.length),
        )

    @_phrase.register
    def _(self, node: n.DatePart) -> str:
        message = msg("year of {day}") if node.part == "year" else msg("month of {day}")
        return self.say(message, day=self.phrase(node.day))

    @_phrase.register
    def _(self, node: n.DateEdge) -> str:
        return self.say(_EDGES[node.edge], day=self.phrase(node.day))

    @_phrase.register
    def _(self, node: n.Lookup) -> str:
        table = self.pack.tables[node.table].title.say(self.lang)
        return self.say(msg("{table} for {keys}"), table=table, keys=[self.phrase(key) for key in node.keys])

    @_phrase.register
    def _(self, node: n.Aggregate) -> str:
        rows = self.pack.registers[node.register].title.say(self.lang)
        if node.where is not None:
            rows = self.say(msg("{rows} with: {test}"), rows=rows, test=self.phrase(node.where))
        value = node.distinct or node.value
        return self.say(_AGGREGATES[node.op], rows=rows, value=self.phrase(value) if value is not None else "")

    @_phrase.register
    def _(self, node: n.Eligible) -> str:
        return self.say(msg("eligible for {measure}"), measure=self.pack.measures[node.measure].title.say(self.lang))
