"""Rounds of awards, nominations with receipts, the panel with its ballots, and choices.

Receipts, ballots and declared conflicts are added and never changed: triggers hold that. That only the eligible are
chosen, no more than there are places, and by more than one person, the database holds as well.
"""

from luoshi.office.awards.models.choices import Choice, Chosen
from luoshi.office.awards.models.panel import Ballot, BallotLine, Conflict, Member
from luoshi.office.awards.models.rounds import PAPER, PERSON, REASON, Nomination, Receipt, Round

__all__ = [
    "PAPER",
    "PERSON",
    "REASON",
    "Ballot",
    "BallotLine",
    "Choice",
    "Chosen",
    "Conflict",
    "Member",
    "Nomination",
    "Receipt",
    "Round",
]
