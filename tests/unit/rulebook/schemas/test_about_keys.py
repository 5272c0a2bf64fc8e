"""What editors show beside a key."""

from __future__ import annotations

from luoshi.rulebook.loading.shapes import SHAPES
from luoshi.rulebook.loading.shapes.policies import PolicyShape
from luoshi.rulebook.schemas.about_keys import OWN, about_key
from luoshi.rulebook.schemas.generating import definitions


def test_both_languages_in_one_line() -> None:
    assert (
        about_key("MeasureShape", "conditions")
        == "须全部满足的条件，各有名称 · named conditions, all of which must be met"
    )
    assert about_key("LimitShape", "of") == "针对哪个台账 · the register it is about"
    assert about_key("DutyShape", "of") != about_key("LimitShape", "of")


def test_what_is_no_key_of_a_block_has_no_words() -> None:
    assert about_key("Zipf", "exponent") == ""


def test_no_words_for_keys_that_do_not_exist() -> None:
    keys = {
        name: set(content["properties"])
        for shape in [PolicyShape, *SHAPES.values()]
        for name, content in definitions(shape).items()
    }
    assert not [(shape, key) for shape, words in OWN.items() for key in words if key not in keys[shape]]
