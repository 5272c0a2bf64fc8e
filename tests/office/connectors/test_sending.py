"""Messages: kept sealed, carried to whoever takes them, forgotten afterwards; their number alone is in the queue."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from luoshi.office.connectors import jobs, outbox
from luoshi.office.connectors.gateway import Gateway, NotCarried
from luoshi.office.connectors.models import OutgoingMessage
from luoshi.office.connectors.outbox import Message
from luoshi.office.connectors.sending import send

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MESSAGE = Message("13800001234", "您的验证码", "code")


class _Carrier(BaseHTTPRequestHandler):
    taken: list[tuple[str, Any]]
    status: int

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).taken.append((self.headers["Authorization"], json.loads(content)))
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Carrier]]:
    handler = type("Carrier", (_Carrier,), {"taken": [], "status": 200})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        monkeypatch.setattr(settings, "MESSAGE_GATEWAY", f"http://127.0.0.1:{server.server_port}/")
        monkeypatch.setattr(settings, "MESSAGE_TOKEN", "token")
        yield handler
        server.shutdown()


def test_a_message_is_carried_and_forgotten(carrier: type[_Carrier]) -> None:
    number = send(MESSAGE, NOW)
    jobs.carry(number)
    jobs.carry(number)  # a second time there is nothing to carry
    assert carrier.taken == [("Bearer token", {"to": MESSAGE.to, "text": MESSAGE.text, "kind": "code"})]
    assert outbox.find_waiting(number) is None
    assert OutgoingMessage.objects.get().sent_at is not None


def test_what_is_not_taken_waits_for_another_try(carrier: type[_Carrier]) -> None:
    carrier.status = 503
    number = send(MESSAGE, NOW)
    with pytest.raises(NotCarried) as problem:
        jobs.carry(number)
    assert MESSAGE.to not in str(problem.value)
    assert outbox.find_waiting(number) is not None


def test_only_the_number_is_in_the_queue(carrier: type[_Carrier]) -> None:
    number = send(MESSAGE, NOW)
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name="connectors.carry")] == [{"number": number}]


def test_without_a_carrier_a_message_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MESSAGE_GATEWAY", "")
    send(MESSAGE, NOW)
    assert [one.message for one in outbox.list_waiting()] == [MESSAGE]
    assert not ProcrastinateJob.objects.filter(task_name="connectors.carry").exists()


@pytest.mark.parametrize(("after", "given_up"), [(timedelta(seconds=-1), 0), (timedelta(0), 1)])
def test_what_waits_a_day_is_forgotten(after: timedelta, given_up: int) -> None:
    send(MESSAGE, NOW)
    assert outbox.give_up_old(NOW + outbox.KEPT + after) == given_up
    assert len(outbox.list_waiting()) == 1 - given_up


def test_neither_text_nor_phone_is_printed_or_kept_in_clear() -> None:
    send(MESSAGE, NOW)
    kept = OutgoingMessage.objects.get()
    assert MESSAGE.to not in repr(MESSAGE)
    assert MESSAGE.to.encode() not in bytes(kept.closed_to or b"")
    assert MESSAGE.text.encode() not in bytes(kept.closed_text or b"")


def test_people_are_named_over_https_only() -> None:
    with pytest.raises(ValueError, match="https"):
        Gateway("http://example.org/")
    assert Gateway("https://example.org/").address
