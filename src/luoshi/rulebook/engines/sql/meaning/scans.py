"""How often the rows of a register are gone through to gather them: once, if what is gathered can wait for the rest."""

from __future__ import annotations

from collections import defaultdict

MOST_ROUNDS = 4
Scan = tuple[str, str]


class Scans:
    """At which stage the rows of a register are gathered by a reference. Waiting for a later stage saves a scan."""

    def __init__(self, waits: dict[Scan, int] | None = None) -> None:
        self._waits = waits or {}
        self._stages: dict[Scan, set[int]] = defaultdict(set)

    def stage(self, register: str, ref: str, ready: int) -> int:
        """The stage at which what is ready at a stage is gathered."""
        stage = max(ready, self._waits.get((register, ref), 0))
        self._stages[register, ref].add(stage)
        return stage

    def joined(self) -> Scans | None:
        """The same scans with each waiting for its last; None when there is nothing to wait for."""
        late = {scan: max(stages) for scan, stages in self._stages.items() if len(stages) > 1}
        return Scans(self._waits | late) if late else None
