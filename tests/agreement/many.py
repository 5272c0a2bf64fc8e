"""Random rules on many random rows at a time, until so many cells were compared: `make agreement CELLS=10000000`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from luoshi.rulebook.model.blocks import Pack
from tests.agreement.comparing import compared
from tests.agreement.rows import many_registers
from tests.agreement.test_engines_agree import ON_DATES, packs

THINGS = 500
SETTINGS = settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def agree(cells: int, start: int, told: Callable[[int, int], None]) -> None:
    """Compare at least so many cells, or show those that differ. The same start gives the same packs and rows."""
    count = 0

    @SETTINGS
    @given(packs(), many_registers(THINGS), st.sampled_from(ON_DATES))
    def batch(pack: Pack, rows: dict[str, Any], on: date) -> None:
        nonlocal count
        count += compared(pack, rows, on)

    while count < cells:
        seed(start)(batch)()
        told(start, count)
        start += 1


if __name__ == "__main__":
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    agree(int(sys.argv[1]), first, lambda start, count: print(f"seed {start}: {count:,} cells agree", flush=True))
