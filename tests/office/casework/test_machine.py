"""Whatever anybody tries at a case in whatever order: what must hold, holds."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.office.casework import acting, contesting, opening, paying
from luoshi.office.casework.acting import Act
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.flow import RESULTS
from luoshi.office.casework.models import Case, Claim, Decision, Objection, Vote
from luoshi.office.treasury.queries import list_payments_of
from tests.office.casework import walking
from tests.office.casework.walking import Walker, moment, seat
from tests.office.casework.worked import draft

PEOPLE = ("", "-2", "-3", "elsewhere", "checker-too")
ALL_RESULTS = sorted({result for results in RESULTS.values() for result in results})
pytestmark = pytest.mark.usefixtures("ground")
TRIES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(PEOPLE), st.sampled_from(["good", *ALL_RESULTS]), st.booleans()),
    min_size=4,
    max_size=30,
)


class _Undo(Exception):
    """Ends an example's transaction."""


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(TRIES, st.booleans())
def test_whatever_people_try(tries: list[tuple[int, str, str, bool]], contests: bool) -> None:
    try:
        with transaction.atomic():
            walker = Walker(*draft())
            for which, person, result, brings in tries:
                _try(walker, which, person, result, brings=brings)
                _holds(walker.case)
            if contests:
                _contest(walker)
                _holds(walker.case)
            raise _Undo
    except _Undo:
        pass


def _try(walker: Walker, which: int, person: str, result: str, *, brings: bool) -> None:
    walker.case.refresh_from_db()
    tasks = walker.waiting()
    if not tasks:
        return
    task = tasks[which % len(tasks)]
    if brings and walker.case.is_open:
        walker.papers(task)
    actor = seat(task, person)
    if person == "elsewhere":
        actor = replace(actor, area="621123")
    if person == "checker-too":
        actor = replace(actor, name="one-for-all")
    chosen = walking.GOOD.get(task.act, "paid") if result == "good" else result
    outcomes = walker.outcomes(chosen) if task.act == "decide" and walker.case.state == Case.State.RUNNING else {}
    done = Act(chosen, "样例" if brings else "", outcomes, {"payees": {str(claim): "样例" for claim in outcomes}})
    try:
        with transaction.atomic():
            acting.act(task, done, actor, moment(walker.day, actor.name))
    except CaseError:
        pass


def _contest(walker: Walker) -> None:
    try:
        with transaction.atomic():
            made = contesting.contest(walker.case, Objection.Kind.OBJECTION, "样例", moment(walker.day))
            judge = replace(seat(walker.case.tasks.last(), "judge"), name="judge", role="department_officer")  # type: ignore[arg-type] # there is one
            judge = replace(judge, area=walker.case.area[:6])
            contesting.answer(made, upheld=True, words="成立", actor=judge, at=moment(walker.day))
    except CaseError:
        pass


def _holds(case: Case) -> None:
    case.refresh_from_db()
    waiting = set(case.tasks.filter(finished_at=None, repeats=False).values_list("step", "visit"))
    assert waiting <= {(case.step, case.visit)}
    assert bool(waiting) == case.is_open, "what is open waits for somebody"
    hands: dict[str, set[str]] = {}
    for vote in Vote.objects.filter(case=case):
        hands.setdefault(vote.person, set()).add(vote.act)
    assert not any({"check", "decide"} <= acts or {"apply", "check"} <= acts for acts in hands.values())
    claim: Claim = case.claims.get()
    last = Decision.objects.filter(claim=claim).order_by("visit").last()
    if case.end:
        assert last is not None and (claim.state, case.end) == (last.result, last.result)
        assert not last.departs or len({person for person, *_ in last.decided_by}) > 1
    running = [one for one in list_payments_of(paying.reference(case)) if one.state != "released"]
    assert len(running) == (claim.state == Claim.State.GRANTED)
    assert all(payment.amount == claim.amount for payment in running)
    assert opening.procedure_of(case).has_cases
