"""The measures as DuckDB SQL. SQL's own NULL is the unknown; money is BIGINT fen."""

from __future__ import annotations

from bench.rules.reading import Measure, Rules
from bench.rules.terms import Term


class SqlText:
    """Prints terms. Only three things need care: CASE takes ELSE on NULL, LEAST and GREATEST skip NULL."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def text(self, term: Term) -> str:
        """The expression of a term."""
        operands = {"add": " + ", "sub": " - ", "mul": " * ", "and": " AND ", "or": " OR "}
        if term.op in operands:
            return "(" + operands[term.op].join(self.text(item) for item in term.items) + ")"
        return getattr(self, f"_{term.op}")(*term.items)

    def _column(self, name: str) -> str:
        return name

    def _constant(self, scaled: int) -> str:
        return str(scaled) if abs(scaled) < 2**31 else f"{scaled}::BIGINT"

    def _parameter(self, name: str, scaled: int) -> str:
        return f"{scaled}::BIGINT"

    def _code(self, code: str) -> str:
        return f"'{code}'"

    def _by_area(self, name: str) -> str:
        return name

    def _not(self, item: Term) -> str:
        return f"(NOT {self.text(item)})"

    def _known(self, item: Term) -> str:
        return f"({self.text(item)} IS NOT NULL)"

    def _compare(self, op: str, left: Term, right: Term) -> str:
        return f"({self.text(left)} {'=' if op == '==' else op} {self.text(right)})"

    def _among(self, item: Term, codes: tuple[str, ...]) -> str:
        return f"({self.text(item)} IN ({', '.join(self._code(code) for code in codes)}))"

    def _where_known(self, test: Term, known: Term) -> str:
        return f"(CASE WHEN {self.text(known)} THEN {self.text(test)} END)"

    def _choose(self, test: Term, one: Term, other: Term) -> str:
        unknown = f"WHEN {self.text(test)} IS NULL THEN NULL " if test.nullable else ""
        return f"(CASE {unknown}WHEN {self.text(test)} THEN {self.text(one)} ELSE {self.text(other)} END)"

    def _least(self, *items: Term) -> str:
        return self._extreme("least", items)

    def _greatest(self, *items: Term) -> str:
        return self._extreme("greatest", items)

    def _extreme(self, function: str, items: tuple[Term, ...]) -> str:
        call = f"{function}({', '.join(self.text(item) for item in items)})"
        unsure = [f"{self.text(item)} IS NOT NULL" for item in items if item.nullable]
        return f"(CASE WHEN {' AND '.join(unsure)} THEN {call} END)" if unsure else call

    def _round(self, item: Term, unit: int) -> str:
        return f"(({self.text(item)} + {unit // 2}) // {unit})"

    def _lookup(self, table: str, key: Term) -> str:
        arms = [
            f"WHEN {self.text(key)} <= {end} THEN {value}"
            if end is not None
            else f"WHEN {self.text(key)} IS NOT NULL THEN {value}"
            for end, value in self.rules.bands[table]
        ]
        return f"(CASE {' '.join(arms)} END)"

    def _eligible(self, measure: str) -> str:
        tests = [self.text(condition.test) for condition in self.rules.measure(measure).conditions]
        return "(" + " AND ".join(tests) + ")"


def judged(rules: Rules, register: str) -> str:
    """A SELECT of all result columns of a register from a relation `features`."""
    measures, printer = rules.of(register), SqlText(rules)
    tests = [
        f"{printer.text(condition.test)} AS {measure.name}__{bit}"
        for measure in measures
        for bit, condition in enumerate(measure.conditions)
    ]
    amounts = [f"{printer.text(measure.amount)} AS {measure.name}__worth" for measure in measures]
    masks = [line for measure in measures for line in _masks(measure)]
    results = [line for measure in measures for line in _results(measure)]
    return (
        "WITH judged AS (SELECT id, county,\n  " + ",\n  ".join(tests + amounts) + "\n  FROM features),\n"
        "masked AS (SELECT id, county,\n  " + ",\n  ".join(masks) + "\n  FROM judged)\n"
        "SELECT id, county,\n  " + ",\n  ".join(results) + "\nFROM masked"
    )


def _masks(measure: Measure) -> list[str]:
    name = measure.name
    numbered = list(enumerate(measure.conditions))
    unmet = " + ".join(f"CASE WHEN {name}__{bit} IS FALSE THEN {1 << bit} ELSE 0 END" for bit, _ in numbered)
    unknown = [
        f"CASE WHEN {name}__{bit} IS NULL THEN {1 << bit} ELSE 0 END"
        for bit, condition in numbered
        if condition.test.nullable
    ]
    return [
        f"({unmet})::UTINYINT AS {name}__unmet",
        f"({' + '.join(unknown) or '0'})::UTINYINT AS {name}__unsure",
        f"{name}__worth",
    ]


def _results(measure: Measure) -> list[str]:
    name, unsure = measure.name, f"{measure.name}__unsure"
    if measure.amount.nullable:
        bit = 1 << measure.amount_bit
        unsure = f"({unsure} + CASE WHEN {name}__unmet = 0 AND {name}__worth IS NULL THEN {bit} ELSE 0 END)"
    outcome = f"CASE WHEN {name}__unmet <> 0 THEN 2 WHEN {unsure} <> 0 THEN 3 ELSE 1 END"
    amount = f"CASE WHEN {name}__unmet = 0 AND {unsure} = 0 THEN {name}__worth ELSE 0 END"
    return [
        f'({outcome})::UTINYINT AS "{measure.id}.outcome"',
        f'({amount})::INTEGER AS "{measure.id}.amount"',
        f'{name}__unmet AS "{measure.id}.unmet"',
        f'{unsure}::UTINYINT AS "{measure.id}.unknown"',
    ]
