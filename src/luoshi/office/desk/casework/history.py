"""What has happened in a case, in words: who did what when, and for whom they stood in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.office.casework.models import Case, Task, Vote
from luoshi.office.desk.case_words import WAYS, result_words, tone
from luoshi.office.desk.casework.calling import step_of
from luoshi.rulebook.model.administration import Procedure
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Event:
    """One thing that happened. `said` are the reasons that were given, and what was recorded."""

    at: datetime
    who: str
    office: str
    absent: str
    what: str
    result: str
    tone: str
    said: tuple[str, ...]
    departs: bool = False


@dataclass(frozen=True)
class Teller:
    """Tells what happened in a case. `people`: what the holders of accounts are called."""

    pack: Pack
    procedure: Procedure
    people: Mapping[str, str]
    lang: str

    def events(self, case: Case, votes: Sequence[Vote]) -> list[Event]:
        """Everything, the newest first."""
        opened = Event(
            case.opened_at, self.people.get(case.opened_by, ""), "", "", _("开始办理"), "", "none",
            (str(case.get_channel_display()),),
        )  # fmt: skip
        return [opened, *map(self.vote, votes)][::-1]

    def vote(self, vote: Vote) -> Event:
        """What one person did at a task."""
        return Event(
            at=vote.at,
            who=self.people.get(vote.person, vote.person) if vote.for_office else _("申请人"),
            office=self._office(vote.task) if vote.for_office else "",
            absent=self.people.get(vote.stands_in_for, vote.stands_in_for),
            what=step_of(self.procedure, vote.step).does.say(self.lang),
            result=result_words(vote.result),
            tone="late" if vote.result == "refused" else tone(vote.result),
            said=tuple(self._said(vote)),
            departs=vote.departs,
        )

    def _said(self, vote: Vote) -> Iterator[str]:
        if vote.reason:
            yield vote.reason
        if len(vote.outcomes) > 1 or any(amount for _result, amount, _fund in vote.outcomes.values()):
            yield from (self._outcome(result, amount) for result, amount, _fund in vote.outcomes.values())
        yield from (_("付给 %(name)s") % {"name": name} for name in vote.details.get("payees", {}).values())
        if "number" in vote.details:
            yield _("编号 %(number)s") % vote.details
        if {"attending", "in_favour"} <= vote.details.keys():
            yield _("到会 %(attending)s 人，同意 %(in_favour)s 人") % vote.details
        if "how" in vote.details:
            yield str(WAYS.get(vote.details["how"], vote.details["how"]))

    def _outcome(self, result: str, amount: str | None) -> str:
        words = result_words(result)
        return f"{words} {Decimal(amount):,.2f} {_('元')}" if amount else words

    def _office(self, task: Task) -> str:
        """Which office acted; what an official wrote down for the one concerned is called so."""
        if task.by_claimant:
            return _("代申请人")
        return self.pack.offices[task.office].title.say(self.lang) if task.office in self.pack.offices else task.office
