"""Logs tell what happened and where, and nothing about anybody."""

import json
import logging
from collections.abc import Iterator

import psycopg
import pytest
import structlog
from django.db import IntegrityError, connection

from luoshi.office.config import logs

pytestmark = pytest.mark.usefixtures("logging_as_configured")
SECRET = "11010519491231002X"


@pytest.fixture
def logging_as_configured() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_key_that_is_not_allowed_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(debug=False)
    structlog.get_logger("luoshi.test").info("row kept", rows=3, person=SECRET)
    [line] = _lines(capsys)
    assert (line["event"], line["rows"]) == ("row kept", 3)
    assert "person" not in line


@pytest.mark.usefixtures("database")
def test_what_a_database_says_about_a_row_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(debug=False)
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE once (id text PRIMARY KEY) ON COMMIT DROP")
            cursor.execute("INSERT INTO once VALUES (%s), (%s)", [SECRET, SECRET])
    except IntegrityError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/")
    [line] = _lines(capsys)
    assert line["event"] == "Internal Server Error: /"
    assert SECRET not in json.dumps(line)
    cause, raised = line["exception"].splitlines()
    assert cause.startswith("psycopg.errors.UniqueViolation > ")
    assert raised.startswith("django.db.utils.IntegrityError > config/test_logs.py:")


def test_a_ring_of_causes_ends() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert logs.places((ValueError, first, None)) == "builtins.KeyError\nbuiltins.ValueError"


def test_a_suppressed_context_is_not_told() -> None:
    error = ValueError("a")
    error.__context__, error.__suppress_context__ = psycopg.Error("b"), True
    assert logs.places((ValueError, error, None)) == "builtins.ValueError"


def test_an_unknown_library_says_only_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(debug=False)
    logging.getLogger("some.library").warning("refused %s", SECRET)
    logging.getLogger("django.request").warning("Not Found: %s", "/nowhere")
    assert [line["event"] for line in _lines(capsys)] == ["refused %s", "Not Found: /nowhere"]
