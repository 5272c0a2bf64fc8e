"""Three-valued logic as text for languages without NULL: a value and, apart from it, whether it is known.

A truth is stored as "true and known". `true` and `false` give the text of "surely true" and "surely false";
neither holds where the answer is unknown. What is never unknown costs nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from bench.rules.terms import INVERSE, Term

_OPERATORS = {"add": " + ", "sub": " - ", "mul": " * "}


class Logic(ABC):
    """Prints terms. `bind` may give a piece of text a name, so that it is computed once."""

    def bind(self, text: str) -> str:
        """The text itself, or a name for it."""
        return text

    @abstractmethod
    def column(self, name: str) -> str:
        """The values of a feature."""

    @abstractmethod
    def column_known(self, name: str) -> str:
        """Whether the values of a feature are known."""

    @abstractmethod
    def code(self, term: Term, code: str) -> str:
        """A code to compare the column `term` with."""

    @abstractmethod
    def every(self, texts: list[str]) -> str:
        """All of them."""

    @abstractmethod
    def some(self, texts: list[str]) -> str:
        """Any of them."""

    @abstractmethod
    def opposite(self, text: str) -> str:
        """Not."""

    @abstractmethod
    def where(self, test: str, one: str, other: str) -> str:
        """A choice."""

    @abstractmethod
    def extreme(self, op: str, texts: list[str]) -> str:
        """`least` or `greatest`."""

    @abstractmethod
    def halves_up(self, text: str, unit: int) -> str:
        """A whole number divided by `unit`, rounded half up."""

    @abstractmethod
    def looked_up(self, table: str, key: str) -> str:
        """A value of a table with one band key."""

    @abstractmethod
    def by_area(self, name: str) -> str:
        """A parameter that depends on the area."""

    @abstractmethod
    def eligible(self, measure: str, holds: bool) -> str:
        """That the conditions of another measure surely hold, or that one surely does not."""

    def parameter(self, name: str, scaled: int) -> str:
        """A parameter: by default its value."""
        return str(scaled)

    def conjunction(self, texts: list[str | None]) -> str | None:
        """All of the texts that are there; None when none is."""
        present = list(dict.fromkeys(text for text in texts if text is not None))
        if len(present) < 2:
            return present[0] if present else None
        return self.bind(self.every(present))

    def true(self, term: Term) -> str:
        """Surely true."""
        return self.bind(self._true(term))

    def _true(self, term: Term) -> str:
        if term.op in {"compare", "among"}:
            return self._with_known(self._test(term), term)
        if term.op == "column":
            return self.column(term.items[0])
        if term.op in {"and", "or"}:
            texts = [self.true(item) for item in term.items]
            return self.every(texts) if term.op == "and" else self.some(texts)
        if term.op == "not":
            return self.false(term.items[0])
        if term.op == "known":
            return self.known(term.items[0]) or "True"
        if term.op == "where_known":
            return self.every([self.true(item) for item in term.items])
        return self.eligible(term.items[0], True)

    def false(self, term: Term) -> str:
        """Surely false."""
        return self.bind(self._false(term))

    def _false(self, term: Term) -> str:
        if term.op == "compare":
            return self._with_known(self._test(term, inverse=True), term)
        if term.op == "among":
            return self._with_known(self.opposite(self._test(term)), term)
        if term.op == "column":
            return self._with_known(self.opposite(self.column(term.items[0])), term)
        if term.op in {"and", "or"}:
            texts = [self.false(item) for item in term.items]
            return self.some(texts) if term.op == "and" else self.every(texts)
        if term.op == "not":
            return self.true(term.items[0])
        if term.op == "known":
            return self.opposite(self.known(term.items[0]) or "True")
        if term.op == "where_known":
            test, known = term.items
            return self.every([self.false(test), self.true(known)])
        return self.eligible(term.items[0], False)

    def _with_known(self, test: str, term: Term) -> str:
        known = self.known(term)
        return self.bind(test) if known is None else self.every([self.bind(test), known])

    def _test(self, term: Term, inverse: bool = False) -> str:
        if term.op == "among":
            item, codes = term.items
            column = self.value(item)
            return self.some([self.bind(f"({column} == {self.code(item, code)})") for code in codes])
        op, left, right = term.items
        op = INVERSE[op] if inverse else op
        if left.kind == "code":
            return f"({self.value(left)} {op} {self.code(left, right.items[0])})"
        return f"({self.value(left)} {op} {self.value(right)})"

    def known(self, term: Term) -> str | None:
        """Whether a value is known; None when it always is."""
        if not term.nullable:
            return None
        if term.op == "column":
            return self.column_known(term.items[0])
        if term.op in {"compare", "among", "not"}:
            return self.conjunction([self.known(item) for item in term.items if isinstance(item, Term)])
        if term.op in {"and", "or", "eligible"}:
            return self.bind(self.some([self.true(term), self.false(term)]))
        if term.op == "where_known":
            test, known = term.items
            return self.conjunction([self.known(test), self.true(known)])
        if term.op == "choose":
            return self._choice_known(term)
        return self.conjunction([self.known(item) for item in term.items if isinstance(item, Term)])

    def _choice_known(self, term: Term) -> str | None:
        test, one, other = term.items
        arms = [self.known(one), self.known(other)]
        if arms == [None, None]:
            return self.known(test)
        fitting = self.bind(self.where(self.true(test), arms[0] or "True", arms[1] or "True"))
        return self.conjunction([self.known(test), fitting])

    def value(self, term: Term) -> str:
        """The text of a number or code; anything where it is unknown."""
        return self.bind(self._value(term))

    def _value(self, term: Term) -> str:
        if term.op in _OPERATORS:
            return "(" + _OPERATORS[term.op].join([self.value(item) for item in term.items]) + ")"
        if term.op in {"least", "greatest"}:
            return self.extreme(term.op, [self.value(item) for item in term.items])
        if term.op == "choose":
            test, one, other = term.items
            return self.where(self.true(test), self.value(one), self.value(other))
        if term.op == "lookup":
            return self.looked_up(term.items[0], self.value(term.items[1]))
        if term.op == "round":
            return self.halves_up(self.value(term.items[0]), term.items[1])
        return self._leaf(term)

    def _leaf(self, term: Term) -> str:
        if term.op == "parameter":
            return self.parameter(*term.items)
        if term.op == "column":
            return self.column(term.items[0])
        return self.by_area(term.items[0]) if term.op == "by_area" else str(term.items[0])
