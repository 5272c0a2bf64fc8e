"""Logs: one JSON object a line, and never a person's data: what is not named here is not written."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

import structlog

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
QUIET = ("axes", "procrastinate", "django.utils.autoreload")
ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "route", "method", "status", "milliseconds", "user", "area", "role",
        "job", "run", "pack", "register", "rows", "code", "exception", "exc_info",
    }
)  # fmt: skip
"""Keys that are written. A message that wants to say more needs its key to be thought about here."""
HEARD = frozenset({"luoshi", "django", "granian", "procrastinate", "axes"})
"""Whose messages are written whole; of any other library only the words of its own, without what it fills in."""


def only_allowed(logger: object, name: str, said: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Leave out every key that is not allowed."""
    return {key: value for key, value in said.items() if key in ALLOWED or key.startswith("_")}


def only_own_words(logger: object, name: str, said: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Of a library that nobody has thought about, leave out what it fills into its message."""
    record = said.get("_record")
    if record is not None and record.name.partition(".")[0] not in HEARD:
        said["event"] = str(record.msg)
    return said


def places(exc_info: ExcInfo) -> str:
    """What was raised and where, a line each, the cause first; never what it says, for a database says the row."""
    chain: list[BaseException] = []
    error: BaseException | None = exc_info[1]
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(map(_place, reversed(chain)))


def _place(error: BaseException) -> str:
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    passed = [f"{file.parent.name}/{file.name}:{line}" for file, line in frames]
    return " > ".join([f"{type(error).__module__}.{type(error).__qualname__}", *passed])


def configure(*, debug: bool) -> None:
    """Send everything through structlog to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(places),
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
            foreign_pre_chain=[*shared, only_own_words],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
