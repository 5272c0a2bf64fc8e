"""Procedures and duties as written: steps are stated by the text unless said otherwise."""

from __future__ import annotations

from luoshi.rulebook.loading.shapes.administration import ProcedureShape

TITLE = {"zh": "题", "en": "title"}


def test_what_a_procedure_need_not_say() -> None:
    step = {"id": "claim", "actor": TITLE, "does": TITLE, "notice": {"days": "7"}}
    shape = ProcedureShape.model_validate({"title": TITLE, "steps": [step]})
    assert shape.stated is True
    assert shape.steps[0].days == "working"
    assert shape.steps[0].notice is not None and shape.steps[0].notice.days == 7
