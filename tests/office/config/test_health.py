"""What machines ask of the service."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from luoshi.office.audit import actions as audit
from luoshi.office.runs.models import Run


@pytest.mark.usefixtures("database")
def test_the_service_is_healthy_where_its_database_answers() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


def test_the_service_says_that_its_database_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "unreachable"})


def _metrics() -> dict[str, int]:
    answer = Client().get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = [line.rpartition(" ") for line in answer.content.decode().splitlines()]
    return {name: int(number) for name, _, number in lines}


@pytest.mark.usefixtures("database")
def test_runs_and_events_are_counted() -> None:
    before = _metrics()
    Run.objects.create(pack_id="some-pack", pack_hash="x", on=date(2023, 1, 1), asked_by="tester")
    audit.record("test.act", actor="tester", subject="thing:1")
    after = _metrics()
    waiting, events = 'luoshi_runs{state="waiting"}', 'luoshi_events{state="all"}'
    assert after[waiting] == before.get(waiting, 0) + 1
    assert after[events] == before[events] + 1
