"""Reviews that fall due: what a certificate gave is looked at again, as often as the policy says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from django.db import transaction

from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Certificate
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.opening import Opening, open_case
from luoshi.office.casework.routing import Actor
from luoshi.office.runs import library
from luoshi.rulebook.model.administration import Procedure
from luoshi.rulebook.values.calendar import add_months

MONTHS = {"year": 12, "quarter": 3, "month": 1}


def open_due(at: Moment) -> int:
    """Every review that is due has a case; how many were opened. A second time opens none.

    What was given for a row that is gone meanwhile, or is nowhere, waits for somebody to look.
    """
    opened = 0
    for certificate, procedure, day in due(at.today):
        key = f"review:{certificate.id}:{procedure.id}:{day:%Y%m%d}"[:80]
        if Case.objects.filter(key=key).exists():
            continue
        wanted = Opening(
            key, procedure.id, certificate.register, certificate.row_id, (), Case.Channel.REVIEW, certificate
        )
        with suppress(CaseError), transaction.atomic():
            open_case(library.pack(certificate.pack_id), wanted, Actor(at.by, None, certificate.area), at)
            opened += 1
    return opened


def due(today: date) -> Iterator[tuple[Certificate, Procedure, date]]:
    """The certificates whose review is due by a day, with the procedure of the review and the day it fell due."""
    standing = Certificate.objects.exclude(state=Certificate.State.WITHDRAWN).order_by("id")
    for certificate in standing:
        for procedure in library.pack(certificate.pack_id).procedures.values():
            looks = procedure.review_of
            if looks is None or looks.procedure != certificate.procedure or looks.every not in MONTHS:
                continue
            day = add_months(certificate.reviewed_on or certificate.given_on, MONTHS[looks.every])
            if day is not None and day <= today:
                yield certificate, procedure, day
