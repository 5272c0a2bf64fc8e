"""Facts, measures and limits as written: short conditions, and what is taken when nothing is said."""

from __future__ import annotations

from luoshi.rulebook.loading.shapes.decisions import ConditionShape, MeasureShape, RoundingShape

TITLE = {"zh": "题", "en": "title"}


def test_a_condition_may_be_written_shortly() -> None:
    assert ConditionShape.model_validate("good") == ConditionShape.model_validate({"when": "good"})


def test_money_is_rounded_half_up_unless_said_otherwise() -> None:
    assert RoundingShape.model_validate({"to": "0.01"}).mode == "half_up"


def test_what_a_measure_need_not_say() -> None:
    shape = MeasureShape.model_validate(
        {"title": TITLE, "for": "thing", "conditions": {"a": "good"}, "frequency": "once", "discretion": "may"}
    )
    assert (shape.register_name, shape.support, shape.amount, shape.funds) == ("thing", "grant", None, [])
    assert (shape.valid.start, shape.valid.to) == (None, None)
