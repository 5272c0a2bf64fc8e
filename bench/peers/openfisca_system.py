"""The entities and inputs of the OpenFisca country package, and what turns source text into variables."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.rules.openfisca_text import PREFIX
from bench.rules.reading import rules

YEAR = periods.DateUnit.YEAR
Person = build_entity(key="person", plural="persons", label="person", is_person=True)
Household = build_entity(
    key="household", plural="households", label="household", roles=[{"key": "member", "plural": "members"}]
)
Workshop = build_entity(
    key="workshop", plural="workshops", label="workshop", roles=[{"key": "worker", "plural": "workers"}]
)
Village = build_entity(
    key="village", plural="villages", label="village", roles=[{"key": "resident", "plural": "residents"}]
)
ENTITIES = {"person": Person, "household": Household, "workshop": Workshop, "village": Village}
KINDS = {
    "bool": bool,
    "int64": int,
    "int32": int,
    "uint8": int,
    "uint16": int,
    "date": date,
}
PREPARED = {
    "person": {
        "job_start": "date",
        "job_wage": "int64",
        "job_wage__known": "bool",
        "job_insured": "bool",
        "job_insured__known": "bool",
        "in_work": "bool",
        "past_income": "int64",
        "past_income__known": "bool",
    },
    "household": {"village_place": "int64"},
    "workshop": {"owner_cadre_family": "bool", "owner_cadre_family__known": "bool", "village_place": "int64"},
    "village": {"deeply_poor": "bool", "deeply_poor__known": "bool"},
}
LINE_AREAS = ("general", "a6201", "a6204", "a620502")


def variable(name: str, entity: str, kind: Any, formula: Any = None) -> type[Variable]:
    """A variable class. `kind` is a NumPy type name (kept in `unit`), date, or an Enum; money needs int64."""
    content: dict[str, Any] = {"entity": ENTITIES[entity], "definition_period": YEAR}
    if isinstance(kind, str):
        content.update(value_type=KINDS[kind], unit=kind)
    else:
        content.update(value_type=Enum, possible_values=kind, default_value=next(iter(kind)))
    if formula is not None:
        content["formula"] = formula
    return type(name, (Variable,), content)


def enums() -> dict[str, type[Enum]]:
    """An Enum per code field, such as `person_schooling`, and one of the areas with their own income line."""
    found = {
        f"{register}_{name}": Enum(f"{register}_{name}", {code: code for code in codes})
        for register in ("person", "household", "workshop")
        for name, codes in rules().codes[register].items()
    }
    found["household_line_area"] = Enum("household_line_area", {code: code for code in LINE_AREAS})
    return found


def _inputs(found: dict[str, type[Enum]]) -> list[type[Variable]]:
    kinds = {"bool": "bool", "number": "int64", "date": "date"}
    variables = []
    for register in ("person", "household", "workshop"):
        for name, feature in rules().fields[register].items():
            if feature.kind in {"ref", "text"}:
                continue
            kind = found[f"{register}_{name}"] if feature.kind == "code" else kinds[feature.kind]
            variables.append(variable(PREFIX[register] + name, register, kind))
            if feature.nullable:
                variables.append(variable(f"{PREFIX[register]}{name}__known", register, "bool"))
    for register, prepared in PREPARED.items():
        prefix = "village_" if register == "village" else PREFIX[register]
        variables += [variable(prefix + name, register, kind) for name, kind in prepared.items()]
    variables.append(variable("household_line_area", "household", found["household_line_area"]))
    return variables


def _tree() -> ParameterNode:
    """The parameter tree: money in fen and rates in ten-thousandths, so that sums stay whole."""
    start = "2020-01-01"
    data: dict[str, Any] = {name: {"values": {start: value}} for name, value in rules().parameters.items()}
    for name, values in rules().by_area.items():
        data[name] = {f"a{area}" if area else "general": {"values": {start: v}} for area, v in values.items()}
    for name, bands in rules().bands.items():
        starts = [0] + [end + 1 for end, _ in bands if end is not None]
        data[name] = {
            "metadata": {"type": "single_amount"},
            "brackets": [
                {"threshold": {start: low}, "amount": {start: value}}
                for low, (_, value) in zip(starts, bands, strict=True)
            ],
        }
    return ParameterNode("", data=data)


def variables_of(source: str, scope: dict[str, Any]) -> list[type[Variable]]:
    """The variable classes that a piece of source defines."""
    names = {
        "Variable": Variable,
        "YEAR": YEAR,
        "np": np,
        **{k.title(): v for k, v in ENTITIES.items()},
        **scope,
    }
    before = set(names)
    exec(compile(source, "<rules>", "exec"), names)
    return [value for name, value in names.items() if name not in before and isinstance(value, type)]


def system(derived: list[type[Variable]], sources: list[str]) -> TaxBenefitSystem:
    """The tax and benefit system. Whole numbers get the NumPy type asked for: OpenFisca's own has 32 bits."""
    found = enums()
    built = TaxBenefitSystem(list(ENTITIES.values()))
    built.parameters = _tree()
    rule_variables = [made for source in sources for made in variables_of(source, dict(found))]
    for made in [*_inputs(found), *derived, *rule_variables]:
        added = built.add_variable(made)
        if added.value_type is int:
            added.dtype = np.dtype(added.unit).type
    return built
