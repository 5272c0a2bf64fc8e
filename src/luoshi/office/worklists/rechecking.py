"""One check about one row, decided now."""

from __future__ import annotations

from datetime import date

from luoshi.office.registry.store import KeptStore
from luoshi.office.worklists.choosing import checks
from luoshi.office.worklists.models import Finding
from luoshi.office.worklists.snapshots import written
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack

CLEAR, FOUND, UNKNOWN, GONE = "clear", "found", "unknown", "gone"
WORDS = {"unmet": FOUND, "found": FOUND, "unknown": UNKNOWN}
"""What the states of limits and integrity checks say; all others are clear."""


def still(pack: Pack, settings: Settings, on: date, finding: Finding) -> str:
    """Whether a check still finds its row wrong: `found`, `clear`, `unknown`, or `gone` with its row or itself.

    `TooManyRows` where only a run decides it.
    """
    check = checks(pack).get(finding.check_id)
    row_id = written(finding.register, finding.row_id)
    store = KeptStore(pack)
    if check is None or store.row(finding.register, row_id) is None:
        return GONE
    decision = CaseEngine(pack, on, settings).decide(store, finding.register, row_id)
    states = {item.check.id: item.state for item in decision.suspicions}
    states |= {item.block.id: item.state for item in decision.checks}
    return WORDS.get(states[check.id], CLEAR)
