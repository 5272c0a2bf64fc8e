"""Several people at the same moment, over connections of their own: nothing double, nothing lost or below zero."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db.utils import OperationalError

from luoshi.office.accounts.roles import Scope
from luoshi.office.treasury import actions, bank_files, listing, proving, queries, stepping
from luoshi.office.treasury.deciding import Charge, Decision
from luoshi.office.treasury.errors import Busy, Refused, Short
from luoshi.office.treasury.listing import Wanted
from luoshi.office.treasury.models import BankFile, Batch, Commitment, Entry, Line, PersonList, ReturnFile
from tests.office.racing import Crowd, Prepared
from tests.office.treasury import place
from tests.office.treasury.place import CHARGE, CHECKER, COUNTY, FINANCE, MAKER, MEASURE, NOW, PACK

pytestmark = pytest.mark.usefixtures("ground")
AT_ONCE = 4
AMOUNT = 500
YEARS = 78


@pytest.fixture(scope="module")
def crowd() -> Iterator[Crowd]:
    found = Crowd(AT_ONCE)
    yield found
    found.leave()


def tried(crowd: Crowd, name: str, prepare: Callable[[list[int]], list[Prepared]]) -> Iterator[Prepared]:
    """What is prepared for each try; whenever the database changes the whole ledger has been compared."""
    numbers = 0
    for each in crowd.tried(f"races-{name}", prepare):
        yield each
        numbers += 1
        if numbers % 10 == 0:
            whole()
    whole()


def whole() -> None:
    """Ledger, commitments, payments and files say the same. What is written once stays, so what differs is found."""
    assert proving.compare()[1] == []


def at_once(crowd: Crowd, *acts: Callable[[], object]) -> list[str]:
    """What becomes of acts that begin at the same moment: `done`, or the name of what they were refused with."""

    def outcome(act: Callable[[], object]) -> str:
        try:
            act()
        except (Refused, OperationalError) as refused:
            return type(refused).__name__
        return "done"

    return sorted(str(one) for one in crowd.at_once(*(lambda act=act: outcome(act) for act in acts)))


def held(kind: str) -> Decimal:
    found = queries.find_fund(Scope(""), PACK, CHARGE)
    assert found is not None
    return found.of(kind)


def decided(numbers: list[int]) -> list[Decision]:
    """What was decided for a person in a period of each try's own, so that a list is of one try."""
    place.give(AMOUNT * len(numbers))
    return [place.decision(number, key=f"race:{number}", period=f"t{number}") for number in numbers]


def submitted(numbers: list[int]) -> list[Batch]:
    """Batches of one payment each, handed in. There are lists against which they are held, with other people."""
    for kind in PersonList.Kind.values:
        place.put_on_list(kind, 9_000)
    actions.commit_all(decided(numbers), by="decider", now=NOW)
    batches = [place.settle(place.listed(period=f"t{number}", code="plain")) for number in numbers]
    return [stepping.submit(batch.id, by=MAKER, now=NOW) for batch in batches]


def test_of_several_approvers_one_wins(crowd: Crowd) -> None:
    for each in tried(crowd, "submitted", submitted):
        let_pass(crowd, each)


def let_pass(crowd: Crowd, batch: Batch) -> None:
    people = [f"{CHECKER}-{each}" for each in range(AT_ONCE)]
    ends = at_once(crowd, *(lambda by=by: stepping.check(batch.id, by=by, now=NOW) for by in people))
    assert ends == ["WrongStep"] * (AT_ONCE - 1) + ["done"]
    paying = held("paying")
    people = [f"{FINANCE}-{each}" for each in range(AT_ONCE)]
    ends = at_once(crowd, *(lambda by=by: stepping.approve(batch.id, by=by, now=NOW) for by in people))
    assert ends == ["WrongStep"] * (AT_ONCE - 1) + ["done"]
    assert held("paying") - paying == AMOUNT
    at_once(crowd, *[lambda: bank_files.send(batch.id, by=FINANCE, now=NOW)] * AT_ONCE)
    assert BankFile.objects.filter(batch=batch).count() == 1
    sent = Batch.objects.select_related("layout").get(id=batch.id)
    content, paid = place.returned(sent), held("paid")
    assert at_once(crowd, *[lambda: place.take_back(sent, content)] * AT_ONCE) == ["done"] * AT_ONCE
    assert ReturnFile.objects.filter(batch=batch).count() == 1
    assert held("paid") - paid == AMOUNT


def checked(numbers: list[int]) -> list[Batch]:
    return [stepping.check(batch.id, by=CHECKER, now=NOW) for batch in submitted(numbers)]


def test_approving_and_withdrawing_at_once(crowd: Crowd) -> None:
    for each in tried(crowd, "checked", checked):
        approve_or_withdraw(crowd, each)


def approve_or_withdraw(crowd: Crowd, batch: Batch) -> None:
    ends = at_once(
        crowd,
        lambda: stepping.approve(batch.id, by=FINANCE, now=NOW),
        lambda: stepping.withdraw(batch.id, "有误", by=MAKER, now=NOW),
        lambda: stepping.send_back(batch.id, "有误", by=CHECKER),
    )
    assert ends.count("done") in (1, 2)  # sent back and then withdrawn are two steps, one after the other
    state = Batch.objects.get(id=batch.id).state
    assert state in {"approved", "withdrawn", "made"}


def scarce(numbers: list[int]) -> list[Charge]:
    """Accounts of which each has enough for one of several, and 200 more."""
    charges = [Charge(CHARGE.fund, 2022 + number % YEARS, COUNTY) for number in numbers]
    for charge in charges:
        place.give(700, charge)
    return charges


def test_a_budget_is_not_overdrawn(crowd: Crowd) -> None:
    for each in tried(crowd, "scarce", scarce):
        promise_all(crowd, each)


def promise_all(crowd: Crowd, charge: Charge) -> None:
    before = Commitment.objects.count()

    def promise(number: int) -> None:
        actions.commit(replace(place.decision(number), charge=charge), by="decider", now=NOW)

    ends = at_once(crowd, *(lambda number=number: promise(9_000 + number) for number in range(AT_ONCE)))
    assert ends == [Short.__name__] * (AT_ONCE - 1) + ["done"]
    assert Commitment.objects.count() == before + 1
    assert queries.available(PACK, charge) == 200


def test_a_decision_handed_in_several_times_at_once_is_one(crowd: Crowd) -> None:
    for each in tried(crowd, "decided", decided):
        hand_in(crowd, each)


def hand_in(crowd: Crowd, wanted: Decision) -> None:
    entries = Entry.objects.count()
    ends = at_once(crowd, *[lambda: actions.commit(wanted, by="decider", now=NOW)] * AT_ONCE)
    assert ends == ["done"] * AT_ONCE
    assert Entry.objects.count() == entries + 1
    assert Commitment.objects.filter(key=wanted.key).count() == 1


def due(numbers: list[int]) -> list[tuple[Commitment, Commitment]]:
    """Two commitments for each try, in a period of their own."""
    decisions = decided(numbers)
    others = [replace(place.decision(4_000 + number), period=f"t{number}") for number in numbers]
    place.give(AMOUNT * len(others))
    found = actions.commit_all([*decisions, *others], by="decider", now=NOW)
    return list(zip(found[: len(numbers)], found[len(numbers) :], strict=True))


def test_what_is_due_is_listed_once_or_released(crowd: Crowd) -> None:
    for each in tried(crowd, "due", due):
        list_or_release(crowd, *each)


def list_or_release(crowd: Crowd, one: Commitment, other: Commitment) -> None:
    wanted, layout = Wanted(PACK, MEASURE, COUNTY, one.period), place.layout()
    numbers = [listing.ask(wanted, layout, by=f"{MAKER}-{each}", now=NOW).id for each in range(AT_ONCE - 1)]
    ends = at_once(
        crowd,
        *(lambda number=number: listing.fill(number, NOW) for number in numbers),
        lambda: actions.release(one.id, "放弃", by=FINANCE, now=NOW),
    )
    assert ends.count("done") >= AT_ONCE - 1
    assert set(ends) <= {"done", "WrongStep", Busy.__name__}
    alive = Line.objects.exclude(state="stopped").filter(commitment__in=[one, other])
    live = Counter(alive.values_list("commitment_id", flat=True))
    assert not [number for number, lines in live.items() if lines > 1]
    assert live[other.id] == 1
    one.refresh_from_db()
    assert live[one.id] == (one.state == "listed")
