"""Which draws fit which types, and the types of helper columns."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.types import BOOL, DATE, TEXT, Code, Number, Ref, Type
from luoshi.sampling.areas import Areas, Division
from luoshi.sampling.fitting import HELPER_NUMBER, check_value, fitting_kinds, implied_type
from luoshi.sampling.vocabulary import Draw

AREAS = Areas([Division("99", "九省", "")])


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        ("true", BOOL),
        ("12.5", HELPER_NUMBER),
        ("2020-01-31", DATE),
        ("word", Code(("word",))),
        ({"choice": {"a": 1, "b": 2}}, Code(("a", "b"))),
        ({"choice": {"1": 1, "2": 2}}, HELPER_NUMBER),
        ({"chance": "0.5"}, BOOL),
        ({"words": [["a"]]}, TEXT),
        ({"poisson": 3}, HELPER_NUMBER),
        ({"field": "owner.born"}, DATE),
        ({"pick": {"register": "person"}}, Ref("person")),
        ({"cases": [{"choice": {"a": 1}}, {"then": "b"}]}, Code(("a", "b"))),
        ({"cases": [{"poisson": 1}, {"then": "2"}]}, HELPER_NUMBER),
        ({"cases": [{"field": "nowhere"}]}, DATE),
    ],
)
def test_helpers_have_the_type_that_their_draw_says(draw: object, kind: Type | None) -> None:
    assert implied_type(Draw.model_validate(draw), lambda path: DATE) == kind


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        (BOOL, "true", True),
        (BOOL, "yes", False),
        (Number(2, digits=6), "12.34", True),
        (Number(0), "1.5", False),
        (DATE, "2020-02-30", False),
        (Code(("a",)), "a", True),
        (Code(("a",)), "b", False),
        (Ref("area"), "99", True),
        (Ref("area"), "98", False),
        (Ref("person"), "7", False),
    ],
)
def test_written_values(kind: Type, text: str, fits: bool) -> None:
    assert (check_value(kind, text, AREAS) is None) == fits


def test_areas_may_be_written_other_references_only_picked() -> None:
    assert set(fitting_kinds(Ref("area"))) - set(fitting_kinds(Ref("person"))) == {"value", "choice"}
