"""How much the generated tests try: the same few examples every time, or as many new ones as LUOSHI_EXAMPLES says."""

import os

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
