"""Settings of PostgreSQL that suit the machine: its own are those of a very small one."""

from __future__ import annotations

import os

MEGABYTE = 2**20
FEWEST, MOST = 128, 2_048
"""Megabytes for the pages that the server keeps itself; the system keeps the others."""


def suited(memory: int | None = None) -> tuple[str, ...]:
    """The settings for a machine with so many megabytes of memory; without them, for this one.

    >>> suited(8_000)[:2]
    ('shared_buffers=1000MB', 'effective_cache_size=4000MB')
    """
    whole = _megabytes() if memory is None else memory
    kept = min(max(whole // 8, FEWEST), MOST)
    return (
        f"shared_buffers={kept}MB",
        f"effective_cache_size={max(whole // 2, FEWEST)}MB",
        f"maintenance_work_mem={max(kept // 4, 64)}MB",
        "work_mem=16MB",
        "random_page_cost=1.1",
        "jit=off",
        "max_wal_size=2GB",
        "checkpoint_timeout=15min",
    )


def _megabytes() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEGABYTE
