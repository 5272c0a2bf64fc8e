"""Which kinds of draw fit which types, and which written values fit them."""

from __future__ import annotations

from collections.abc import Callable

from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import BOOL, DATE, TEXT, Bool, Code, Date, Number, Ref, Text, Type
from luoshi.sampling.areas import Areas
from luoshi.sampling.city import AREA
from luoshi.sampling.vocabulary import Draw

HELPER_NUMBER = Number(4, digits=15)
_ALWAYS = ("value", "choice", "field", "cases")
_KINDS: dict[type[Type], tuple[str, ...]] = {
    Bool: (*_ALWAYS, "chance"),
    Number: (*_ALWAYS, "uniform", "normal", "lognormal", "poisson", "zipf", "year"),
    Date: (*_ALWAYS, "dates", "after", "month"),
    Code: _ALWAYS,
    Text: (*_ALWAYS, "serial", "words", "citizen_id", "credit_code"),
    Ref: ("pick", "field", "cases"),
}
_RESULTS: dict[str, Type] = {
    "chance": BOOL, "dates": DATE, "after": DATE, "month": DATE,
    "serial": TEXT, "words": TEXT, "citizen_id": TEXT, "credit_code": TEXT,
}  # fmt: skip


def fitting_kinds(kind: Type) -> tuple[str, ...]:
    """The kinds of draw that give values of a type."""
    return ("value", "choice", *_KINDS[Ref]) if kind == Ref(AREA) else _KINDS[type(kind)]


def implied_type(draw: Draw, type_of_path: Callable[[str], Type | None]) -> Type | None:
    """The type of a helper column, which no register declares: as its draw says."""
    if draw.field is not None:
        return type_of_path(draw.field)
    if draw.pick is not None:
        return Ref(draw.pick.register_name)
    if draw.value is not None or draw.choice is not None:
        return _written_type([draw.value] if draw.value is not None else list(draw.choice or {}))
    if draw.cases is not None:
        return _type_of_cases([implied_type(case.then, type_of_path) for case in draw.cases])
    return _RESULTS.get(draw.kind, HELPER_NUMBER)


def _type_of_cases(types: list[Type | None]) -> Type | None:
    codes = [kind for kind in types if isinstance(kind, Code)]
    if codes and len(codes) == len(types):
        return Code(tuple(dict.fromkeys(code for kind in codes for code in kind.codes)))
    return types[0] if types else None


def _written_type(texts: list[str]) -> Type:
    for kind in (BOOL, HELPER_NUMBER, DATE):
        if all(_fits(kind, text) for text in texts):
            return kind
    return Code(tuple(texts))


def _fits(kind: Type, text: str) -> bool:
    try:
        typed_value(kind, text)
    except Mismatch:
        return False
    return True


def check_value(kind: Type, text: str, areas: Areas) -> str | None:
    """What was expected instead of a written value; None when it fits."""
    if kind == Ref(AREA):
        return None if text in areas.index else "an area of the list of divisions"
    if isinstance(kind, Ref):
        return "only whether it is known"
    try:
        typed_value(kind, text)
    except Mismatch as problem:
        return str(problem.facts.get("expected", kind))
    return None
