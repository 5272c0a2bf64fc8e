"""The measures as NumPy code: one function per register that judges a block of rows.

The generated function does what one would write by hand: each comparison once, masks of one byte, amounts only
for the rows that need them. `python -m bench.rules.show numpy person` prints it.
"""

from __future__ import annotations

from bench.rules.logic import Logic
from bench.rules.reading import Measure, Rules
from bench.rules.terms import Term, column_terms, columns


class NumpyLogic(Logic):
    """NumPy expressions over local arrays, each piece computed once in a local variable."""

    def __init__(self, rules: Rules, register: str, prefix: str, suffix: str = "") -> None:
        self.rules, self.register = rules, register
        self.prefix, self.suffix = prefix, suffix
        self.lines: list[str] = []
        self.names: dict[str, str] = {}

    def bind(self, text: str) -> str:
        """A local variable for anything that is an operation."""
        if not any(mark in text for mark in "(&|~["):
            return text
        if text not in self.names:
            self.names[text] = f"{self.prefix}{len(self.names)}"
            self.lines.append(f"{self.names[text]} = {text}")
        return self.names[text]

    def column(self, name: str) -> str:
        return self.bind(f"{name}{self.suffix}") if self.suffix else name

    def column_known(self, name: str) -> str:
        return self.column(f"{name}__known")

    def code(self, term: Term, code: str) -> str:
        return str(self.rules.codes[self.register][term.items[0]].index(code))

    def every(self, texts: list[str]) -> str:
        return "(" + " & ".join(texts) + ")"

    def some(self, texts: list[str]) -> str:
        return "(" + " | ".join(texts) + ")"

    def opposite(self, text: str) -> str:
        return f"~{text}"

    def where(self, test: str, one: str, other: str) -> str:
        return f"np.where({test}, {one}, {other})"

    def extreme(self, op: str, texts: list[str]) -> str:
        function = "np.minimum" if op == "least" else "np.maximum"
        result = texts[0]
        for text in texts[1:]:
            result = f"{function}({result}, {text})"
        return result

    def halves_up(self, text: str, unit: int) -> str:
        return f"(({text} + {unit // 2}) // {unit})"

    def looked_up(self, table: str, key: str) -> str:
        bands = self.rules.bands[table]
        ends = [end for end, _ in bands if end is not None]
        values = [value for _, value in bands]
        return f"np.array({values})[np.searchsorted(np.array({ends}), {key})]"

    def by_area(self, name: str) -> str:
        return self.column(name)

    def eligible(self, measure: str, holds: bool) -> str:
        name = self.rules.measure(measure).name
        return f"{name}__holds" if holds else f"{name}__fails"


def block_function(rules: Rules, register: str) -> str:
    """The source of `judge(c, out, low, high)`: `c` the features, `out` the result columns, a block of rows.

    ONE, TWO and THREE are bytes, so that outcomes never widen to eight bytes.
    """
    logic = NumpyLogic(rules, register, "t")
    body = [line for measure in rules.of(register) for line in _judged(rules, logic, measure)]
    used = _used(rules, register)
    loads = [f"{name} = c['{name}'][low:high]" for name in used]
    return "\n".join(["def judge(c, out, low, high):", *("    " + line for line in [*loads, *body])]) + "\n"


def _used(rules: Rules, register: str) -> list[str]:
    """The names of all arrays that the measures of a register read."""
    nullable, plain = set(), set()
    for measure in rules.of(register):
        for term in [*(condition.test for condition in measure.conditions), measure.amount]:
            for found in column_terms(term):
                plain.add(found.items[0])
                if found.nullable:
                    nullable.add(found.items[0])
    areas = [name for name in rules.by_area if register == "household"]
    return sorted(plain) + [f"{name}__known" for name in sorted(nullable)] + areas


def _judged(rules: Rules, logic: NumpyLogic, measure: Measure) -> list[str]:
    logic.lines = []
    unmet, unknown = _masks(logic, measure)
    name = measure.name
    lines = [
        f"# {measure.id}",
        *logic.lines,
        f"{name}__unmet = {unmet}",
        f"{name}__unknown = {unknown}",
        f"{name}__fails = {name}__unmet != 0",
        f"{name}__holds = ({name}__unmet | {name}__unknown) == 0",
    ]
    for key in ("holds", "fails"):
        logic.names[f"{name}__{key}"] = f"{name}__{key}"
    return (
        lines
        + _amount(rules, measure)
        + [
            f"out['{measure.id}.unmet'][low:high] = {name}__unmet",
            f"out['{measure.id}.unknown'][low:high] = {name}__unknown",
            f"out['{measure.id}.outcome'][low:high] = "
            f"np.where({name}__fails, TWO, np.where({name}__unknown != 0, THREE, ONE))",
        ]
    )


def _masks(logic: NumpyLogic, measure: Measure) -> tuple[str, str]:
    unmet, unknown = [], []
    for bit, condition in enumerate(measure.conditions):
        unmet.append(_shifted(logic.false(condition.test), bit))
        known = logic.known(condition.test)
        if known is not None:
            unknown.append(_shifted(logic.bind(f"~{known}"), bit))
    if len(unknown) < 2:
        unknown.append("np.zeros(high - low, np.uint8)")
    return " | ".join(unmet), " | ".join(unknown)


def _shifted(text: str, bit: int) -> str:
    return f"({text}.view(np.uint8) << {bit})" if bit else f"{text}.view(np.uint8)"


def _amount(rules: Rules, measure: Measure) -> list[str]:
    """Amounts of the rows that no condition refuses; the others get nothing."""
    name, target = measure.name, f"out['{measure.id}.amount'][low:high]"
    if not columns(measure.amount):
        logic = NumpyLogic(rules, measure.register, f"{name}__a")
        fixed = logic.value(measure.amount)
        return [*logic.lines, f"{target} = np.where({name}__holds, {fixed}, 0)"]
    logic = NumpyLogic(rules, measure.register, f"{name}__a", "[rows]")
    value, known = logic.value(measure.amount), logic.known(measure.amount)
    wanted = f"{name}__holds" if known is None else f"~{name}__fails"
    lines = [f"rows = np.flatnonzero({wanted})", *logic.lines, f"{target} = 0"]
    if known is None:
        return [*lines, f"{target}[rows] = {value}"]
    return [
        *lines,
        f"{name}__unknown[rows] |= (~{known}).view(np.uint8) << {measure.amount_bit}",
        f"{target}[rows] = np.where({name}__unknown[rows] == 0, {value}, 0)",
    ]
