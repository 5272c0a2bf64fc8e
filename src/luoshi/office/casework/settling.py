"""What votes come to: decisions about claims with their receipt, and the money that is set aside for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.office.casework import paying
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Claim, Decision, Task, Vote
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.recommending import Recommendation, measure_of, recommend
from luoshi.rulebook.model.administration import ProcedureStep
from luoshi.rulebook.model.blocks import Measure, Pack

AGREEING = 2
"""So many people it takes to depart from what the system recommends."""


@dataclass(frozen=True)
class Outcome:
    """What a claim comes to in a vote: granted with a sum and the fund that pays it, or refused."""

    result: str
    amount: Decimal | None = None
    fund: str = ""

    def plain(self) -> list[str | None]:
        """As it is kept in a vote."""
        return [self.result, None if self.amount is None else str(self.amount), self.fund]


def checked_outcomes(
    pack: Pack, task: Task, result: str, given: Mapping[int, Outcome], found: Mapping[int, Recommendation]
) -> dict[int, Outcome]:
    """What somebody decides about each claim: sums that are not given are those recommended.

    `CaseError`: not every claim is decided, or nothing is granted in what is called granted (`outcomes`); a sum that
    is missing, not above zero, or for what is no money (`amount`); a fund that is not one of the measure's (`fund`).
    """
    claims = {claim.id: measure_of(pack, claim) for claim in _asked(task.case)}
    chosen = dict(given) or ({number: Outcome("refused") for number in claims} if result == "refused" else {})
    if chosen.keys() != claims.keys():
        raise CaseError("outcomes", expected=sorted(claims), seen=sorted(chosen))
    outcomes = {number: _whole(claims[number], one, found[number]) for number, one in chosen.items()}
    is_granted = any(one.result == "granted" for one in outcomes.values()) or not claims and result == "granted"
    if is_granted != (result == "granted"):
        raise CaseError("outcomes", result=result)
    return outcomes


def kept_outcomes(vote: Vote) -> dict[int, Outcome]:
    """What a vote came to, by the number of the claim."""
    return {
        int(number): Outcome(result, Decimal(amount) if amount is not None else None, fund)
        for number, (result, amount, fund) in vote.outcomes.items()
    }


def check_agreement(task: Task, outcomes: Mapping[int, Outcome]) -> None:
    """What another office has granted at the same visit is granted with the same sum and fund, or refused: `CaseError`
    (`differs`, with that sum)."""
    for vote in _votes(task.case, task.step, task.visit):
        for number, before in kept_outcomes(vote).items():
            now = outcomes[number]
            if vote.task_id != task.id and before.result == now.result == "granted" and before != now:
                raise CaseError("differs", claim=number, amount=before.amount, fund=before.fund)


def disagrees(vote: Vote) -> bool:
    """Whether it contradicts what another person wanted at the same task: then the step begins anew."""
    before = [other for other in _votes(vote.case, vote.step, vote.visit) if other.task_id == vote.task_id]
    return vote.act == "decide" and any(_essence(other) != _essence(vote) for other in before)


def awaits_second(vote: Vote) -> bool:
    """Whether somebody else must agree first: it departs, and nobody who has voted or will vote says the same."""
    if not vote.departs:
        return False
    votes = _votes(vote.case, vote.step, vote.visit)
    others = vote.case.tasks.filter(step=vote.step, visit=vote.visit, finished_at=None).exclude(pk=vote.task_id)
    agreeing = {other.person for other in votes if _essence(other) == _essence(vote)}
    return len(agreeing) < AGREEING and not others.exists()


def settle(case: Case, pack: Pack, step: ProcedureStep, moment: Moment) -> None:
    """The decisions of a step are written; money that is granted is set aside, or nothing is decided at all."""
    votes = _votes(case, step.id, case.visit)
    claims = _asked(case)
    found = recommend(case, claims, moment.today)
    for claim in claims:
        outcome = _joint([kept_outcomes(vote)[claim.id] for vote in votes], any_of=step.any_of)
        _decide(claim, pack, outcome, found[claim.id], votes, moment)
    results = [vote.result for vote in votes]
    granted = any(claim.state == Claim.State.GRANTED for claim in claims) if claims else set(results) == {"granted"}
    case.end = "granted" if granted else "refused"
    case.save(update_fields=["end"])
    if not claims:
        Decision.objects.create(case=case, result=case.end, **_told(votes, case, moment))


def _decide(
    claim: Claim, pack: Pack, outcome: Outcome, found: Recommendation, votes: Sequence[Vote], moment: Moment
) -> None:
    case, is_granted = claim.case, outcome.result == "granted"
    claim.state = Claim.State.GRANTED if is_granted else Claim.State.REFUSED
    claim.amount = outcome.amount if is_granted else None
    claim.save(update_fields=["state", "amount"])
    is_paid = claim.amount is not None and paying.is_paid(pack, case)
    commitment = paying.commit(claim, pack, outcome.fund, votes, moment) if is_paid else ""
    Decision.objects.create(
        case=case,
        claim=claim,
        result=outcome.result,
        amount=claim.amount,
        recommended=found.outcome,
        recommended_amount=found.amount,
        departs=not found.agrees(outcome.result, outcome.amount),
        receipt=found.receipt,
        commitment=commitment,
        **_told(votes, case, moment),
    )


def _told(votes: Sequence[Vote], case: Case, moment: Moment) -> dict[str, object]:
    return {
        "visit": case.visit,
        "reason": "\n".join(dict.fromkeys(vote.reason for vote in votes if vote.reason)),
        "decided_by": [[vote.person, vote.task.office, vote.stands_in_for] for vote in votes],
        "decided_on": moment.today,
    }


def _joint(outcomes: Sequence[Outcome], *, any_of: bool) -> Outcome:
    """What several offices have decided together: one that refuses is enough, unless any one of them may decide."""
    if any_of:
        return outcomes[-1]
    return next((one for one in outcomes if one.result == "refused"), outcomes[0])


def _whole(measure: Measure, one: Outcome, found: Recommendation) -> Outcome:
    if one.result not in ("granted", "refused"):
        raise CaseError("outcomes", result=one.result)
    if one.result == "refused":
        return Outcome("refused")
    amount = one.amount if one.amount is not None else found.amount
    if (measure.amount is None) != (amount is None) or (amount is not None and amount <= 0):
        raise CaseError("amount", measure=measure.id, seen=amount)
    if amount is None:
        return Outcome("granted")
    if not measure.funds:
        return Outcome("granted", amount)
    fund = one.fund or (measure.funds[0] if len(measure.funds) == 1 else "")
    if fund not in measure.funds:
        raise CaseError("fund", measure=measure.id, seen=fund, known=list(measure.funds))
    return Outcome("granted", amount, fund)


def _asked(case: Case) -> list[Claim]:
    return list(case.claims.filter(state=Claim.State.ASKED).select_related("case").order_by("id"))


def _votes(case: Case, step: str, visit: int) -> list[Vote]:
    return list(Vote.objects.filter(case=case, step=step, visit=visit).select_related("task").order_by("id"))


def _essence(vote: Vote) -> tuple[str, object]:
    return vote.result, vote.outcomes
