"""A round of an award seen as a whole: how many are eligible for how many places, and whether people must choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luoshi.rulebook.checking.answers import Answer
from luoshi.rulebook.model.nodes import Value, exact
from luoshi.rulebook.model.outcomes import Outcome


def round_of(answers: Iterable[Answer], places: Value | None) -> dict[str, Any]:
    """The state of a round. Fewer eligible than places: fewer winners, never lower bars.

    More eligible than places, or no number of places: people choose.
    """
    eligible = [answer for answer in answers if answer.outcome == Outcome.ELIGIBLE.word]
    if places is None:
        return {"eligible": len(eligible), "places": None, "winners": None, "choice": "people", "prizes": None}
    winners = min(len(eligible), int(exact(places)))
    prize = eligible[0].amount if eligible else None
    return {
        "eligible": len(eligible),
        "places": places,
        "winners": winners,
        "choice": "people" if len(eligible) > winners else "none",
        "prizes": None if prize is None else prize * winners,
    }
