"""Logs: one JSON object a line, and never a person's data: what is not named here is not written."""

from __future__ import annotations

import logging
import sys

import structlog

QUIET = ("axes", "procrastinate", "django.utils.autoreload")
ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "route", "method", "status", "milliseconds", "user", "area", "role",
        "job", "run", "pack", "register", "rows", "code", "exception", "exc_info",
    }
)  # fmt: skip
"""Keys that are written. A message that wants to say more needs its key to be thought about here."""


def only_allowed(logger: object, name: str, said: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Leave out every key that is not allowed."""
    return {key: value for key, value in said.items() if key in ALLOWED or key.startswith("_")}


def configure(*, debug: bool) -> None:
    """Send everything through structlog to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, only_allowed, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
