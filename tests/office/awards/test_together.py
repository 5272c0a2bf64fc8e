"""Two at once, each on a connection of their own: two members vote, one opens twice, two propose, two confirm."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from luoshi.office.accounts.models import User
from luoshi.office.awards import choosing, judging, queries
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.models import Ballot, Choice, Member, Round
from tests.office.awards import ground as g

pytestmark = pytest.mark.usefixtures("apart")
B = g.FIRST_BROKER


def at_once(*steps: Callable[[], object]) -> list[object]:
    """What each step came to, all begun together; a refusal is its text."""

    def run(step: Callable[[], object]) -> object:
        try:
            return step()
        except NotAllowed as problem:
            return str(problem)
        finally:
            connection.close()

    connection.close()
    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def test_two_at_once_lose_nothing_and_double_nothing() -> None:
    g.settle()
    g.open_accounts()
    brokers = [g.add_broker(B + number, f"张{number}", fees=g.ENOUGH_FEES + number) for number in range(3)]
    at_once(*[lambda: g.opened(voters=2)] * 4)
    found = Round.objects.get()
    at_once(*[lambda: g.nominated(found, brokers, is_checked=False)] * 2)
    assert found.nominations.count() == 3
    g.nominated(found, brokers)
    found.nominations.update(state="verified", settled_by="checker")
    g.close(found)
    users = {user.username: user for user in User.objects.all()}
    for user in users.values():
        user.appointment = user.appointment_on(g.FIRST)
    members = [g.member(found, users[actor.name]) for actor in (g.JUDGE, g.JUDGE_2)]
    there = g.entrants(found)
    marks = {nomination: Decimal(rank) for rank, nomination in enumerate(there, 1)}

    def cast(member: Member, actor: object) -> Callable[[], object]:
        return lambda: judging.cast(member, g.rules(), marks, None, actor=actor, now=g.at(g.AFTER))  # type: ignore[arg-type] # an actor

    at_once(*[cast(members[0], g.JUDGE), cast(members[1], g.JUDGE_2)] * 3)
    assert sorted(Ballot.objects.values_list("member_id", "number")) == [(one.pk, 1) for one in members]
    assert [one.place for one in queries.standings_of(found, g.rules())] == [1, 2, 3]
    judging.close_panel(found.pk, g.rules(), actor=g.OFFICE)
    told = at_once(
        lambda: g.chosen(found, there[:1]),
        lambda: g.chosen(found, there[:2], actor=g.SECOND),
    )
    choice = Choice.objects.get()
    assert sum("已经有人提出" in str(one) for one in told) == 1
    assert choice.chosen.count() in {1, 2}

    def publish() -> object:
        one = Choice.objects.get()
        return choosing.publish(one, g.rules(), g.names_of(one), actor=g.OFFICE, today=g.AFTER, now=g.at(g.AFTER))

    at_once(publish, publish, publish)
    assert Choice.objects.get().state == Choice.State.NOTICED
