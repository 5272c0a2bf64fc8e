"""What is stored about a case, read once for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.casework import queries
from luoshi.office.casework.models import Case, Claim, Decision, Message, Objection, Paper, Task, Vote
from luoshi.office.desk.casework.calling import procedure_of
from luoshi.office.desk.casework.claims import Claims
from luoshi.office.desk.casework.history import Teller
from luoshi.office.desk.casework.seeing import Seat
from luoshi.rulebook.model.administration import Procedure
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Known:
    """What is stored about a case, read once."""

    seat: Seat
    case: Case
    pack: Pack
    procedure: Procedure
    claims: Sequence[Claim]
    tasks: Sequence[Task]
    votes: Sequence[Vote]
    decisions: Sequence[Decision]
    messages: Sequence[Message]
    objections: Sequence[Objection]
    papers: Sequence[Paper]
    people: Mapping[str, str]

    @property
    def claims_maker(self) -> Claims:
        """Makes the views of what is claimed."""
        return Claims(self.seat, self.case, self.pack, self.people)

    @property
    def teller(self) -> Teller:
        """Tells what has happened."""
        return Teller(self.pack, self.procedure, self.people, self.seat.lang)


def know(seat: Seat, case: Case) -> Known:
    """Everything stored about a case."""
    tasks, votes = queries.tasks_of(case), queries.votes_of(case)
    decisions = queries.decisions_of(case)
    messages, objections = list(case.messages.order_by("id")), list(case.objections.order_by("id"))
    papers = list(case.papers.filter(withdrawn_at=None).select_related("file").order_by("id"))
    names = {case.opened_by, *(task.holder for task in tasks)}
    names |= {name for vote in votes for name in (vote.person, vote.stands_in_for)}
    names |= {name for one in decisions for name, _office, absent in one.decided_by for name in (name, absent)}
    names |= {one.by for some in (messages, objections, papers) for one in some} | {
        one.answered_by for one in objections
    }
    people = names_of_accounts(names - {""})
    pack, procedure = seat.packs.of(case), procedure_of(seat, case)
    claims = queries.claims_of(case)
    return Known(seat, case, pack, procedure, claims, tasks, votes, decisions, messages, objections, papers, people)
