"""How much the generated tests try, and whose tests count for the coverage of the rulebook.

Generated tests try the same few examples every time, or as many new ones as LUOSHI_EXAMPLES says.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("same", max_examples=25, derandomize=True, deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.register_profile(
    "many",
    max_examples=int(os.environ.get("LUOSHI_EXAMPLES", "1000")),
    deadline=None,
    suppress_health_check=SLOW_IS_FINE,
)
settings.load_profile("many" if "LUOSHI_EXAMPLES" in os.environ else "same")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Contents of files are no names: those made anew have another time in them in each process."""
    return "bytes" if isinstance(val, bytes) else None


# They use the rulebook at length; its own tests cover it, and being traced would take them twice as long.
NOT_COUNTED = [Path(__file__).parent / name for name in ("office", "packs")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the service and of packs run without coverage."""
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in NOT_COUNTED):
            item.add_marker("no_cover")
