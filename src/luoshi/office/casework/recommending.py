"""What the policy comes to for a claim, as the registers are now: recommended to whoever decides, with its receipt."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.office.casework.models import Case, Claim
from luoshi.office.database.secrecy import masked
from luoshi.office.registry.store import KeptStore, TooManyRows
from luoshi.office.runs import actions, library, local
from luoshi.office.runs import queries as runs
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.steps import Decision, Determination

UNDETERMINED = "undetermined"
SHORTEST_MASKED = 4


@dataclass(frozen=True)
class Recommendation:
    """The outcome for a claim in the word of the engine, the amount where it is one of money, and the receipt."""

    outcome: str
    amount: Decimal | None
    receipt: Mapping[str, Any]

    def agrees(self, result: str, amount: Decimal | None) -> bool:
        """Whether a decision follows it. Nothing follows from what is not determined."""
        if result == "granted":
            return self.outcome == "eligible" and amount == self.amount
        return self.outcome not in ("eligible", UNDETERMINED)


def pack_of(case: Case) -> Pack:
    """The text by which a case runs, as it was adopted here: that which held when the case was opened; where that is
    not kept, today's."""
    found = library.find_by_hash(case.pack_id, case.pack_hash) or library.pack(case.pack_id)
    return actions.adopted(found, runs.adoption_of(case.pack_id))


def measure_of(pack: Pack, claim: Claim) -> Measure:
    """The measure that is claimed."""
    return pack.measures[claim.measure]


def recommend(case: Case, claims: Iterable[Claim], on: date) -> dict[int, Recommendation]:
    """What each claim comes to, by its number, as of the day on which the case was filed.

    Later facts count as they are known now; that an office takes its time costs nobody anything.
    """
    pack, as_of = pack_of(case), case.filed_on or on
    decided: dict[tuple[str, int], tuple[Decision, frozenset[str]] | None] = {}
    found = {}
    for claim in claims:
        subject = (claim.register, claim.row_id)
        if subject not in decided:
            decided[subject] = _decide(pack, as_of, subject)
        found[claim.id] = _recommended(pack, as_of, claim.measure, decided[subject])
    return found


def _decide(pack: Pack, as_of: date, subject: tuple[str, int]) -> tuple[Decision, frozenset[str]] | None:
    store = KeptStore(pack)
    try:
        decision = CaseEngine(pack, as_of, local.settings_of(pack, as_of)).decide(store, *subject)
    except TooManyRows:
        return None
    return decision, frozenset(store.unsealed)


def _recommended(
    pack: Pack, as_of: date, measure: str, found: tuple[Decision, frozenset[str]] | None
) -> Recommendation:
    if found is None:
        return Recommendation(UNDETERMINED, None, {"too_many_rows": True})
    decision, sealed = found
    one = next((item for item in decision.determinations if item.measure.id == measure), None)
    if one is None:
        return Recommendation(UNDETERMINED, None, {})
    receipt = without(Reporter(pack, as_of).decision(decision, measure), sealed)
    return Recommendation(one.outcome.word, _amount(one), receipt)


def _amount(one: Determination) -> Decimal | None:
    return Decimal(str(one.amount)) if one.amount is not None and one.measure.amount is not None else None


def without(report: Any, texts: Iterable[str]) -> Any:
    """A report in which each of these texts is masked wherever it stands."""
    written = json.dumps(report, ensure_ascii=False, default=str)
    for text in sorted(texts, key=len, reverse=True):
        if len(text) >= SHORTEST_MASKED and (inside := json.dumps(text, ensure_ascii=False)[1:-1]) in written:
            written = written.replace(inside, json.dumps(masked(text), ensure_ascii=False)[1:-1])
    return json.loads(written)
