"""The measures as OpenFisca variables, in two styles.

Idiomatic: one variable per condition, plus one `…__known` variable where the answer may be unknown; masks,
outcome and amount are variables over these, parameters come from the parameter tree. Lean: per measure one variable
for both masks and one for the amount, constants in the text, columns of other entities fetched once.
"""

from __future__ import annotations

from bench.rules.numpy_text import NumpyLogic
from bench.rules.reading import Measure, Rules
from bench.rules.terms import Term, column_terms

PREFIX = {"person": "", "household": "household_", "workshop": "workshop_"}
POPULATION = {"person": "persons", "household": "households", "workshop": "workshops"}


def variable_name(register: str, feature: str) -> str:
    """The name of the variable that holds a feature of a register."""
    if feature.startswith("area__"):
        return f"{PREFIX[register]}village_{feature.removeprefix('area__')}"
    return PREFIX[register] + feature.replace("owner__household__", "owner_")


class IdiomaticLogic(NumpyLogic):
    """Formulas that ask the population for everything they need."""

    def __init__(self, rules: Rules, register: str) -> None:
        super().__init__(rules, register, "")

    def bind(self, text: str) -> str:
        return text

    def column(self, name: str) -> str:
        population = POPULATION[self.register]
        if self.register == "person" and name.startswith("household__area__"):
            return f'{population}.village("village_{name.removeprefix("household__area__")}", period)'
        if self.register == "person" and name.startswith("household__"):
            return f'{population}.household("{variable_name("household", name[11:])}", period)'
        return f'{population}("{variable_name(self.register, name)}", period)'

    def code(self, term: Term, code: str) -> str:
        return f"{self.register}_{term.items[0]}.{code}"

    def parameter(self, name: str, scaled: int) -> str:
        return f"p.{name}"

    def by_area(self, name: str) -> str:
        return f'p.{name}[{POPULATION[self.register]}("{variable_name(self.register, "line_area")}", period)]'

    def looked_up(self, table: str, key: str) -> str:
        return f"p.{table}.calc({key}).astype(np.int64)"

    def eligible(self, measure: str, holds: bool) -> str:
        name = self.rules.measure(measure).name
        return f'({POPULATION[self.register]}("{name}__outcome", period) == {1 if holds else 2})'


def _variable(name: str, register: str, kind: str, lines: list[str]) -> str:
    population = POPULATION[register]
    body = "\n".join("        " + line for line in lines)
    return (
        f"class {name}(Variable):\n"
        f"    value_type = {'bool' if kind == 'bool' else 'int'}\n"
        f"    entity = {register.title()}\n"
        f"    definition_period = YEAR\n"
        f"    unit = '{kind}'\n\n"
        f"    def formula({population}, period, parameters):\n{body}\n\n"
    )


def _formula(text: str) -> list[str]:
    return ["p = parameters(period)", f"return {text}"] if "p." in text else [f"return {text}"]


def idiomatic(rules: Rules, register: str) -> str:
    """The source of all rule variables of a register, one per condition."""
    return "\n".join(_idiomatic(rules, measure) for measure in rules.of(register))


def _idiomatic(rules: Rules, measure: Measure) -> str:
    logic, register, name = IdiomaticLogic(rules, measure.register), measure.register, measure.name
    parts = []
    for condition in measure.conditions:
        own = f"{name}__{condition.name}"
        parts.append(_variable(own, register, "bool", _formula(logic.true(condition.test))))
        known = logic.known(condition.test)
        if known is not None:
            parts.append(_variable(f"{own}__known", register, "bool", _formula(known)))
    known = logic.known(measure.amount)
    if known is not None:
        parts.append(_variable(f"{name}__amount_known", register, "bool", _formula(known)))
    parts.append(_variable(f"{name}__unmet", register, "uint8", [f"return {_unmet(measure)}"]))
    parts.append(_variable(f"{name}__unknown", register, "uint8", _unknown(measure, known is not None)))
    asked = [f'{POPULATION[register]}("{name}__{mask}", period)' for mask in ("unmet", "unknown")]
    outcome = f"return np.where({asked[0]} != 0, 2, np.where({asked[1]} != 0, 3, 1))"
    parts.append(_variable(f"{name}__outcome", register, "uint8", [outcome]))
    paid = f'{POPULATION[register]}("{name}__outcome", period) == 1'
    amount = f"np.where({paid}, {logic.value(measure.amount)}, 0)"
    parts.append(_variable(f"{name}__amount", register, "int32", _formula(amount)))
    return "".join(parts)


def _unmet(measure: Measure) -> str:
    population = POPULATION[measure.register]
    parts = []
    for bit, condition in enumerate(measure.conditions):
        own = f'{population}("{measure.name}__{condition.name}", period)'
        known = f' & {population}("{measure.name}__{condition.name}__known", period)'
        parts.append(f"(~{own}{known if condition.test.nullable else ''}) * np.uint8({1 << bit})")
    return " + ".join(parts)


def _unknown(measure: Measure, amount_nullable: bool) -> list[str]:
    population, name = POPULATION[measure.register], measure.name
    parts = [
        f'(~{population}("{name}__{condition.name}__known", period)) * np.uint8({1 << bit})'
        for bit, condition in enumerate(measure.conditions)
        if condition.test.nullable
    ]
    if amount_nullable:
        open_amount = f'({population}("{name}__unmet", period) == 0) & ~{population}("{name}__amount_known", period)'
        parts.append(f"({open_amount}) * np.uint8({1 << measure.amount_bit})")
    if not parts:
        return [f"return {population}.filled_array(0, np.uint8)"]
    return [f"return {' + '.join(parts)}"]


class LeanLogic(NumpyLogic):
    """Formulas with local names; columns of other entities are variables of the entity itself."""

    def column(self, name: str) -> str:
        population = POPULATION[self.register]
        return self.bind(f'{population}("{lean_name(self.register, name)}", period)')

    def by_area(self, name: str) -> str:
        return self.column(name)

    def eligible(self, measure: str, holds: bool) -> str:
        name = self.rules.measure(measure).name
        masks = self.bind(f'{POPULATION[self.register]}("{name}__masks", period)')
        return f"({masks} == 0)" if holds else f"(({masks} & 255) != 0)"


def lean_name(register: str, feature: str) -> str:
    """As `variable_name`, with projections to persons under names of their own."""
    if register == "person" and feature.startswith("household__"):
        return feature
    return variable_name(register, feature)


def lean(rules: Rules, register: str) -> str:
    """The source of the rule variables of a register: masks and amount per measure."""
    return "\n".join(_lean(rules, measure) for measure in rules.of(register))


def _lean(rules: Rules, measure: Measure) -> str:
    name, register = measure.name, measure.register
    logic = LeanLogic(rules, register, "t")
    unmet, unknown = [], []
    for bit, condition in enumerate(measure.conditions):
        unmet.append(f"({logic.false(condition.test)} * np.uint16({1 << bit}))")
        known = logic.known(condition.test)
        if known is not None:
            unknown.append(f"(~{known} * np.uint16({256 << bit}))")
    worth_known = logic.known(measure.amount)
    lines = [*logic.lines, f"masks = {' + '.join(unmet + unknown)}"]
    if worth_known is not None:
        lines.append(f"masks += (~{worth_known} & ((masks & 255) == 0)) * np.uint16({256 << measure.amount_bit})")
    masks = _variable(f"{name}__masks", register, "uint16", [*lines, "return masks"])
    amount = LeanLogic(rules, register, "t")
    value = amount.value(measure.amount)
    paid = f'{POPULATION[register]}("{name}__masks", period) == 0'
    return masks + _variable(
        f"{name}__amount", register, "int32", [*amount.lines, f"return np.where({paid}, {value}, 0)"]
    )


def projections(rules: Rules, register: str) -> str:
    """Variables of persons that hold a value of their household or village."""
    if register != "person":
        return ""
    logic = IdiomaticLogic(rules, register)
    terms = [
        term
        for measure in rules.of(register)
        for term in [measure.amount, *(condition.test for condition in measure.conditions)]
    ]
    used = [item for term in terms for item in column_terms(term) if item.items[0].startswith("household__")]
    names = {item.items[0] for item in used} | {f"{item.items[0]}__known" for item in used if item.nullable}
    kinds = {name: "bool" if _is_bool(rules, name) else "int64" for name in names}
    return "".join(_variable(name, register, kinds[name], [f"return {logic.column(name)}"]) for name in sorted(names))


def _is_bool(rules: Rules, name: str) -> bool:
    last = name.split("__")[-1]
    fields = {**rules.fields["household"], **rules.fields["area"]}
    return last == "known" or (last in fields and fields[last].kind == "bool")
