"""Money that a decision grants: set aside in the treasury, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Claim, Vote
from luoshi.office.casework.moments import Moment
from luoshi.office.registry.queries import row
from luoshi.office.registry.shape import table_of
from luoshi.office.treasury import actions as treasury
from luoshi.office.treasury import payees
from luoshi.office.treasury import queries as payments
from luoshi.office.treasury.deciding import Charge, Decision, Payee, Subject
from luoshi.office.treasury.funds import charged
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.nodes import Field, Follow, Node
from luoshi.rulebook.model.types import Ref

OVER = frozenset({"paid", "released"})
"""States of a payment of which nothing is awaited any more."""


def reference(case: Case) -> str:
    """The name under which the treasury knows a case."""
    return f"case:{case.number}"


def is_paid(pack: Pack, case: Case) -> bool:
    """Whether what a case grants is paid out; a charge that is reduced is not."""
    return bool(pack.procedures[case.procedure].list_by_act("pay"))


def commit(claim: Claim, pack: Pack, fund: str, votes: Sequence[Vote], moment: Moment) -> str:
    """The money of a granted claim is set aside; the key under which it is. `treasury.errors.Refused` says why not."""
    assert claim.amount is not None
    measure, case = pack.measures[claim.measure], claim.case
    subject, payee = known(pack, claim)
    if not payee.name:
        payee = replace(payee, name=named_in(votes, claim))
    if not payee.name:
        raise CaseError("payee", measure=claim.measure, claim=claim.id)
    key = f"{reference(case)}/{claim.id}/{case.visit}"
    decision = Decision(
        key=key,
        pack_id=case.pack_id,
        edition=case.pack_hash,
        measure=claim.measure,
        clause=measure.clause,
        subject=subject,
        payee=payee,
        amount=claim.amount,
        charge=charge(pack, fund, case.area, moment.today),
        case=reference(case),
        decided_by=" ".join(dict.fromkeys(vote.person for vote in votes)),
        decided_on=moment.today,
        basis=case.number,
        period=claim.period,
    )
    treasury.commit(decision, by=moment.by, now=moment.now, origin=moment.origin)
    return key


def known(pack: Pack, claim: Claim) -> tuple[Subject, Payee]:
    """For whom a claim is, and to whom its money goes, as the registers know them; what they do not know is empty."""
    nobody = payees.Known(Subject(claim.register, claim.row_id, claim.case.area), Payee(""))
    subject = payees.known(pack, claim.register, claim.row_id) or nobody
    receiver = payees.known(pack, *_receiver(pack, pack.measures[claim.measure], claim)) or nobody
    return subject.subject, receiver.payee


def named_in(votes: Sequence[Vote], claim: Claim) -> str:
    """Whom those who decided have named as payee of a claim, where the registers know nobody (`details["payees"]`)."""
    named = [vote.details.get("payees", {}).get(str(claim.id), "") for vote in votes]
    return next((str(name).strip() for name in named if str(name).strip()), "")


def charge(pack: Pack, fund: str, area: str, on: date) -> Charge:
    """The account that pays: of the area that the fund's payer is in."""
    return charged(pack, fund, area, on)


def release(case: Case, reason: str, moment: Moment) -> None:
    """Money that a case was granted and has not got is free again."""
    for payment in payments.list_payments_of(reference(case)):
        if payment.state in ("due", "failed"):
            treasury.release(payment.commitment, reason, by=moment.by, now=moment.now, origin=moment.origin)


def is_over(case: Case) -> bool:
    """Whether all that the case was granted is paid, or will not be."""
    return all(payment.state in OVER for payment in payments.list_payments_of(reference(case)))


def _receiver(pack: Pack, measure: Measure, claim: Claim) -> tuple[str, int]:
    """The row that is paid: the subject, or where a path of references leads from it, as far as the rows know."""
    register, row_id = claim.register, claim.row_id
    for step in _path(measure.paid_to):
        there = row(table_of(pack, register), "", row_id)
        if there is None or there.cells[step.name] is None or not isinstance(step.type, Ref):
            break
        register, row_id = step.type.register, there.cells[step.name]
    return register, row_id


def _path(node: Node | None) -> list[Field]:
    if isinstance(node, Follow):
        return [node.ref, *_path(node.target)]
    return [node] if isinstance(node, Field) else []
