"""Procedures: what their steps say, and what a step must say when cases are led through it."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.administration import Procedure, Review
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

STEP = "{id: claim, actor: BOTH, does: BOTH}"
OFFICES = "office\napplicant: {title: BOTH, kind: applicant}\ncounty: {title: BOTH, level: county}\n"
HEAD = OFFICES + "--- procedure\np:\n  title: BOTH\n  kind: claim\n  for: [thing]\n  steps:\n"
APPLY = "    - {id: apply, actor: BOTH, act: apply, by: [applicant], does: BOTH}\n"
DECIDE = "    - {id: decide, actor: BOTH, act: decide, by: [county], does: BOTH}\n"
LINE = "    - {id: %s, actor: BOTH, does: BOTH, by: [county], act: %s%s}%s\n"


def procedure(steps: str) -> Procedure:
    return pack_of(HEAD + steps).procedures["p"]


@pytest.mark.parametrize(
    "blocks",
    [
        f"procedure\np:\n  title: BOTH\n  steps: [{STEP}, {STEP}]  # PACK-055\n",
        "procedure\np: {title: BOTH, for: [ghost], steps: []}  # EXPR-033\n",
        "procedure\np: {title: BOTH, kind: claim, steps: []}  # PACK-033\n",
        "procedure\np: {title: BOTH, kind: certification, steps: []}  # PACK-033\n",
        "procedure\np: {title: BOTH, review_of: p, steps: []}  # PACK-033\n",
        "procedure\np: {title: BOTH, review_of: p, review_every: year, steps: []}  # PACK-033\n",
        HEAD + "    - {id: apply, actor: BOTH, by: [applicant], does: BOTH}  # PACK-057\n",
        HEAD + "    - {id: apply, actor: BOTH, act: apply, does: BOTH}  # PACK-057\n",
        HEAD.replace("claim", "certification") + "    - {id: apply, actor: BOTH, does: BOTH}  # PACK-057\n",
        HEAD + APPLY + LINE % ("look", "check", ", sends_back_to: decide", "  # PACK-058") + DECIDE,
        HEAD + APPLY + LINE % ("look", "check", ", sends_back_to: look", "  # PACK-058"),
        HEAD + APPLY + LINE % ("show", "notice", "", "  # PACK-059"),
        HEAD + APPLY + LINE % ("pay", "pay", ", end: granted", "  # PACK-064") + DECIDE,
        HEAD + APPLY + LINE % ("guess", "guess", "", "  # PACK-033"),
    ],
)
def test_what_is_refused(blocks: str) -> None:
    marked = expected(document(blocks))
    assert marked
    assert seen(try_blocks(blocks).findings) == marked


def test_a_procedure_and_its_steps() -> None:
    own = STEP.replace("}", ", stated: true, within: 10, evidence: [BOTH], notice: {days: 7}}").replace(
        "claim", "notify"
    )
    procedure = pack_of(f"procedure\np: {{title: BOTH, steps: [{STEP}, {own}], stated: false}}\n").procedures["p"]
    claim, notify = procedure.steps
    assert (claim.stated, notify.stated) == (False, True)
    assert (claim.within, notify.within, notify.days, len(notify.evidence)) == (None, 10, "working", 1)
    assert claim.notice is None
    assert notify.notice is not None and (notify.notice.days, notify.notice.kind) == (7, "working")
    assert notify.notice.names is True


def test_what_is_only_recorded_need_not_say_who_acts() -> None:
    found = pack_of(f"procedure\np: {{title: BOTH, steps: [{STEP}]}}\n").procedures["p"]
    assert (found.kind, found.has_cases, found.registers, found.review_of) == ("administration", False, (), None)
    (step,) = found.steps
    assert (step.act, step.by, step.any_of, step.end, step.every, step.after) == (None, (), False, None, None, ())


def test_who_acts_and_what_is_asked() -> None:
    more = ", any_of: true, every: silent, after: [30, 90], end: granted"
    found = procedure(APPLY + DECIDE + LINE % ("visit", "record", more, ""))
    assert (found.kind, found.has_cases, found.registers) == ("claim", True, ("thing",))
    visit = found.steps[-1]
    assert (visit.act, visit.by, visit.any_of) == ("record", ("county",), True)
    assert (visit.every, visit.after, visit.end) == ("silent", (30, 90), "granted")


def test_a_notice_without_names() -> None:
    found = procedure(APPLY + LINE % ("show", "notice", ", notice: {names: false}", ""))
    notice = found.steps[-1].notice
    assert notice is not None and (notice.days, notice.names) == (None, False)


def test_an_end_may_come_after_a_review() -> None:
    found = procedure(APPLY + LINE % ("conclude", "review", "", "") + LINE % ("tell", "tell", ", end: refused", ""))
    assert found.steps[-1].end == "refused"


def test_a_review_of_what_another_procedure_gave() -> None:
    review = "review_of: q, review_every: year, review_ends: [keep, withdraw]"
    blocks = f"procedure\np: {{title: BOTH, {review}, steps: []}}\nq: {{title: BOTH, steps: []}}\n"
    assert pack_of(blocks).procedures["p"].review_of == Review("q", "year", ("keep", "withdraw"))
