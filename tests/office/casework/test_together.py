"""Several people at once, each on a connection of their own: nothing is done twice, and nothing is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from luoshi.office.casework import acting, opening, paying
from luoshi.office.casework.acting import Act
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Claim, Decision, Task, Vote
from luoshi.office.casework.recommending import pack_of
from luoshi.office.treasury.queries import list_payments_of
from tests.office.casework import walking
from tests.office.casework.walking import Walker, moment, seat
from tests.office.casework.worked import MEASURE, draft
from tests.office.racing import Crowd

pytestmark = pytest.mark.usefixtures("ground")
AT_ONCE = 4


@pytest.fixture(scope="module")
def crowd() -> Iterator[Crowd]:
    found = Crowd(AT_ONCE)
    yield found
    found.leave()


def at_once(crowd: Crowd, *steps: Callable[[], object]) -> list[object]:
    """What each step came to, all begun together; a refusal is its kind."""

    def run(step: Callable[[], object]) -> object:
        try:
            return step()
        except CaseError as problem:
            return problem.kind

    return crowd.at_once(*(lambda step=step: run(step) for step in steps))


def drafts(numbers: list[int]) -> list[Walker]:
    return [Walker(*draft()) for _number in numbers]


def before_the_decision(numbers: list[int]) -> list[tuple[Walker, Task, Act]]:
    """Cases that wait to be decided, each with its task and what everybody wants to decide."""
    found = []
    for walker in drafts(numbers):
        walker.to_end("decide")
        walker.case.refresh_from_db()
        (task,) = walker.waiting()
        walker.papers(task)
        outcomes = walker.outcomes("granted")
        details = {"payees": {str(claim): "样例" for claim in outcomes}}
        found.append((walker, task, Act("granted", "样例", outcomes, details)))
    return found


def again(walker: Walker) -> Walker:
    """With the case as it lies in the database now, which may be a copy of an earlier one."""
    walker.case.refresh_from_db()
    return walker


def test_two_deciders_at_once_decide_once(crowd: Crowd) -> None:
    for each in crowd.tried("together-decide", before_the_decision):
        decide(crowd, *each)


def decide(crowd: Crowd, walker: Walker, task: Task, done: Act) -> None:
    deciders = [(seat(task, person), moment(walker.day, person or "one")) for person in ("", "second", "third")]
    found = at_once(crowd, *(lambda who=who: acting.act(task, done, *who) for who in deciders))
    assert sum(isinstance(one, Vote) for one in found) == 1 and found.count("done") == 2
    assert Decision.objects.filter(case=walker.case).count() == 1
    assert len(list_payments_of(paying.reference(walker.case))) == 1


def test_filed_twice_at_once_is_filed_once(crowd: Crowd) -> None:
    for walker in crowd.tried("together-file", drafts):
        file_twice(crowd, again(walker))


def file_twice(crowd: Crowd, walker: Walker) -> None:
    (task,) = walker.waiting()
    found = at_once(crowd, *[lambda: acting.act(task, Act("handed_in"), seat(task), moment(walker.day))] * 3)
    assert {getattr(one, "id", None) for one in found} == {Vote.objects.get(task=task).id}
    assert len(again(walker).waiting()) == 1


def pairs(numbers: list[int]) -> list[tuple[Walker, Case]]:
    """Two cases about the same claim."""
    found = []
    for walker in drafts(numbers):
        case, claim, pack = walker.case, walker.case.claims.get(), pack_of(walker.case)
        second = walking.take_in(pack, pack.measures[MEASURE], case.register, case.row_id, claim.row_id, walker.day)
        found.append((walker, second))
    return found


def test_two_cases_for_the_same_claim_at_once(crowd: Crowd) -> None:
    for walker, second in crowd.tried("together-pairs", pairs):
        tasks = [walker.case.tasks.get(), second.tasks.get()]
        filed = [(task, Act("handed_in"), seat(task), moment(walker.day)) for task in tasks]
        found = at_once(crowd, *(lambda facts=facts: acting.act(*facts) for facts in filed))
        assert sorted(type(one).__name__ for one in found) == ["Vote", "str"] and "claimed" in found
        claimed = Claim.objects.filter(row_id=walker.case.claims.get().row_id, measure=MEASURE, state="asked")
        assert claimed.count() == 1


def test_opened_at_once_under_one_key_is_one_case(crowd: Crowd) -> None:
    for walker in crowd.tried("together-open", drafts):
        open_at_once(crowd, again(walker))


def open_at_once(crowd: Crowd, walker: Walker) -> None:
    case, claim = walker.case, walker.case.claims.get()
    wanted = opening.Opening(
        f"same:{case.id}", case.procedure, case.register, case.row_id,
        (opening.Wanted(MEASURE, claim.row_id),), Case.Channel.PORTAL,
    )  # fmt: skip
    facts = (pack_of(case), wanted, seat(case.tasks.get()), moment(walker.day))
    found = at_once(crowd, *[lambda: opening.open_case(*facts)] * AT_ONCE)
    assert len({one.id for one in found if isinstance(one, Case)}) == 1, found
    assert Case.objects.filter(key=wanted.key).count() == 1


def supervised(numbers: list[int]) -> list[tuple[Walker, Task]]:
    """Cases in which an inspection is recorded again and again."""
    found = []
    for walker in drafts(numbers):
        facts = {"procedure": "post-filling", "state": Case.State.RUNNING, "filed_on": walker.day}
        Case.objects.filter(pk=walker.case.pk).update(**facts)
        task = Task.objects.create(
            case=again(walker).case, step="supervise", visit=1, act="record", office="county-human-resources",
            desk_area=walker.case.area[:6], department="human-resources", repeats=True,
            opened_at=moment(walker.day).now, opened_on=walker.day,
        )  # fmt: skip
        walker.papers(task)
        found.append((walker, task))
    return found


def test_what_repeats_is_recorded_once_a_turn(crowd: Crowd) -> None:
    for walker, task in crowd.tried("together-turns", supervised):
        record_a_turn(crowd, again(walker), task)


def record_a_turn(crowd: Crowd, walker: Walker, task: Task) -> None:
    """One form is sent three times at once, and a colleague's at the same moment: one of the two counts."""
    done, at = Act("done", "到岗检查", seen=0), moment(walker.day)
    colleague = seat(task, "colleague")
    found = at_once(
        crowd,
        *[lambda: acting.act(task, done, seat(task), at)] * 3,
        lambda: acting.act(task, done, colleague, at),
    )
    vote = Vote.objects.get(task=task)
    votes = [one for one in found if isinstance(one, Vote)]
    assert {one.id for one in votes} == {vote.id} and len(votes) + found.count("turn") == AT_ONCE, found
    assert acting.act(task, replace(done, seen=1), seat(task), at).turn == 2
    with pytest.raises(IntegrityError, match="recorded_once_a_turn"), transaction.atomic():
        Vote.objects.create(
            case=walker.case, task=task, step=task.step, visit=1, act="record", turn=2, person="somebody",
            result="done", at=vote.at,
        )  # fmt: skip
