"""Whatever happens in whatever order: the ledger balances, nothing is below zero, nothing is paid twice."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from luoshi.office.treasury import actions, bank_files, failing, payees, proving, settling, stepping
from luoshi.office.treasury.deciding import Payee
from luoshi.office.treasury.errors import Refused
from luoshi.office.treasury.models import Account, Batch, Commitment, EntryLine, Failure, Line
from tests.office.treasury.place import (
    CHECKER,
    FINANCE,
    MAKER,
    NOW,
    citizen,
    commit,
    give,
    listed,
    returned,
    settle,
    take_back,
)

pytestmark = pytest.mark.usefixtures("ground")
AMOUNTS = st.decimals(Decimal("0.01"), Decimal(900), places=2)
PICK = st.integers(0, 5)
STEPS = [stepping.submit, stepping.check, stepping.approve, bank_files.send]
PEOPLE = st.sampled_from([MAKER, CHECKER, FINANCE, "somebody"])


@contextmanager
def perhaps() -> Iterator[None]:
    """What is refused changes nothing."""
    try:
        with transaction.atomic():
            yield
    except Refused:
        pass


class Treasury(RuleBasedStateMachine):
    """Officials who do whatever a page would let them try."""

    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        give(1000)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    def batch(self, pick: int) -> Batch | None:
        found = list(Batch.objects.select_related("layout").order_by("id"))
        return found[pick % len(found)] if found else None

    def commitment(self, pick: int) -> Commitment | None:
        found = list(Commitment.objects.order_by("id"))
        return found[pick % len(found)] if found else None

    @rule(amount=AMOUNTS)
    def budget(self, amount: Decimal) -> None:
        give(str(amount))

    @rule(person=st.integers(1, 4), amount=AMOUNTS, key=st.sampled_from(["", "a", "b"]))
    def commit(self, person: int, amount: Decimal, key: str) -> None:
        with perhaps():
            commit([person], str(amount), key=key)

    @rule(corrects=st.booleans())
    def make(self, corrects: bool) -> None:
        settle(listed(corrects=corrects))

    @rule(pick=PICK, by=PEOPLE, step=st.sampled_from(STEPS))
    def step(self, pick: int, by: str, step: object) -> None:
        batch = self.batch(pick)
        if batch is not None:
            settle(batch) if batch.state == "made" else None
            with perhaps():
                step(batch.id, by=by, now=NOW)  # type: ignore[operator] # one of the steps

    @rule(pick=PICK)
    def whole_way(self, pick: int) -> None:
        for by, step in (
            (MAKER, stepping.submit),
            (CHECKER, stepping.check),
            (FINANCE, stepping.approve),
            (FINANCE, bank_files.send),
        ):
            batch = self.batch(pick)
            if batch is not None and batch.state not in ("empty", "done", "withdrawn"):
                settle(batch) if batch.state == "made" else None
                with perhaps():
                    step(batch.id, by=by, now=NOW)

    @rule(pick=PICK, by=PEOPLE, back=st.booleans())
    def back(self, pick: int, by: str, back: bool) -> None:
        batch = self.batch(pick)
        if batch is not None:
            with perhaps():
                if back:
                    stepping.send_back(batch.id, "有误", by=by)
                else:
                    stepping.withdraw(batch.id, "有误", by=by, now=NOW)

    @rule(pick=PICK, line=PICK)
    def stop(self, pick: int, line: int) -> None:
        batch = self.batch(pick)
        lines = list(Line.objects.filter(batch=batch)) if batch is not None else []
        if lines:
            with perhaps():
                settling.stop(lines[line % len(lines)], "停发", by=MAKER, now=NOW)

    @precondition(lambda self: Batch.objects.filter(state="sent").exists())
    @rule(fails=st.integers(0, 3), again=st.booleans())
    def bank(self, fails: int, again: bool) -> None:
        batch = Batch.objects.select_related("layout").filter(state="sent").order_by("id")[0]
        file = returned(batch, lambda line: line.number % 4 == fails)
        for _each in range(1 + again):
            with perhaps():
                take_back(batch, file)

    @rule(pick=PICK, ready=st.booleans())
    def put_right(self, pick: int, ready: bool) -> None:
        failures = list(Failure.objects.filter(state="open"))
        if failures:
            with perhaps():
                if ready:
                    failing.mark_ready(failures[pick % len(failures)].id, "已核对", by=MAKER)
                else:
                    of = failures[pick % len(failures)].line.commitment
                    right = Payee("样例", citizen(pick + 1), f"62{pick}", "样例银行")
                    payees.replace(of, right, "更正", by=MAKER, now=NOW)

    @rule(pick=PICK, amount=AMOUNTS, act=st.sampled_from(["release", "lower", "demand"]))
    def change(self, pick: int, amount: Decimal, act: str) -> None:
        of = self.commitment(pick)
        if of is None:
            return
        with perhaps():
            if act == "release":
                actions.release(of.id, "放弃", by=FINANCE, now=NOW)
            elif act == "lower":
                actions.lower(of.id, amount, "核减", by=FINANCE, now=NOW)
            else:
                back = actions.demand_back(of.id, amount, "多发", NOW.date(), by=FINANCE, now=NOW)
                actions.receive(back.id, amount, "收据", by=FINANCE, now=NOW)

    @invariant()
    def agrees(self) -> None:
        assert proving.compare()[1] == []
        connection.check_constraints()

    @invariant()
    def nothing_is_made_of_nothing(self) -> None:
        assert not EntryLine.objects.aggregate(rest=Sum("amount"))["rest"]
        assert not Account.objects.filter(balance__lt=0).exclude(kind="source").exists()

    @invariant()
    def nothing_is_paid_twice(self) -> None:
        live = Line.objects.exclude(state__in=("stopped", "failed")).values("commitment").annotate(n=Count("id"))
        assert not live.filter(n__gt=1).exists()
        for line in Line.objects.filter(state="paid").select_related("commitment"):
            assert line.amount <= line.commitment.original


def test_any_order_of_steps() -> None:
    run_state_machine_as_test(
        Treasury,
        settings=settings(
            max_examples=int(os.environ.get("LUOSHI_EXAMPLES", "6")),
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
