"""Certificates and plaques: given with a number, looked at again in time, kept or taken."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Certificate, Decision, Vote
from luoshi.office.casework.moments import Moment
from luoshi.rulebook.model.administration import ProcedureStep

STANDING = {"withdraw": Certificate.State.WITHDRAWN, "rectify": Certificate.State.RECTIFY}
"""How a certificate stands after a review; after any other end it is valid."""


def certify(case: Case, step: ProcedureStep, at: Moment) -> Certificate:
    """The certificate of a case is given under the number that its vote tells; `CaseError` (`number`) without one, or
    for one that is given already."""
    vote = Vote.objects.filter(case=case, step=step.id, visit=case.visit).latest("id")
    number = str(vote.details.get("number", "")).strip()
    if not number:
        raise CaseError("number")
    try:
        with transaction.atomic():
            return Certificate.objects.create(
                case=case,
                number=number,
                area=case.area,
                pack_id=case.pack_id,
                procedure=case.procedure,
                register=case.register,
                row_id=case.row_id,
                given_on=at.today,
            )
    except IntegrityError:
        raise CaseError("number", seen=number) from None


def conclude(case: Case, step: ProcedureStep, result: str, at: Moment) -> None:
    """The review of a certificate has come to a result, which is written as a decision of the case."""
    votes = list(Vote.objects.filter(case=case, step=step.id, visit=case.visit).select_related("task").order_by("id"))
    Decision.objects.create(
        case=case,
        visit=case.visit,
        result=result,
        reason="\n".join(vote.reason for vote in votes if vote.reason),
        decided_by=[[vote.person, vote.task.office, vote.stands_in_for] for vote in votes],
        decided_on=at.today,
    )
    if case.certificate is not None:
        case.certificate.state = STANDING.get(result, Certificate.State.VALID)
        case.certificate.reviewed_on = at.today
        case.certificate.save(update_fields=["state", "reviewed_on"])
