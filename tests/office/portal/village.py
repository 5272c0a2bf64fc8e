"""A village with two households, for tests of what the public sees of itself."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from luoshi.office.applicants import codes, links
from luoshi.office.applicants.models import Applicant, Link
from luoshi.office.connectors.outbox import list_waiting
from luoshi.office.database.keys import secrecy
from luoshi.office.runs import actions, library, local
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.calendar import NEVER
from tests.office.casework.walking import VILLAGES, lay, lay_ground, whole

PACK = "dingxi-2018"
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
NUMBERS = {"a": "62110219800101123X", "b": "621102198202022341"}
NAMES = {"a": "样小明", "b": "样大红"}
PHONES = {"a": "13800001234", "b": "13900005678"}


def pack() -> Pack:
    """The pack of the village, as the service has it."""
    return library.pack(PACK)


def settle() -> dict[tuple[str, Any], int]:
    """The ground, and two people who live alone; their ids by register and letter."""
    lay_ground(whole(PACK))
    actions.install(PACK, by="tester")
    area = VILLAGES[PACK]
    opening = LocalValue("review_on_record", True, area[:4], date(2019, 1, 1), "city", "样函〔2019〕1号")
    local.keep(whole(PACK), [opening], by="tester")  # what the text keeps closed is opened here, to apply for it
    return lay(
        whole(PACK),
        {
            "household": {
                name: {"register_number": f"h-{name}", "area": area, "registered_poor": True} for name in "ab"
            },
            "person": {
                name: {
                    "citizen_id": NUMBERS[name], "name": NAMES[name], "household": name, "sex": "female",
                    "birth_date": date(1980, 1, 1), "registered_poor": True, "left_poverty_date": NEVER,
                }
                for name in "ab"
            },
        },
    )  # fmt: skip


def account(name: str, ids: dict[tuple[str, Any], int] | None = None, now: datetime = NOW) -> Applicant:
    """The account of somebody, with `ids` tied to their row."""
    codes.ask_code(PHONES[name], address="10.0.0.1", now=now)
    found = codes.find_signed_in(PHONES[name], last_code(), now)
    assert found is not None
    if ids is not None:
        links.open_confirmed(found, (pack(), "person", ids["person", name], VILLAGES[PACK]), now, by="tester")
    return found


def last_code() -> str:
    """The code that was sent last."""
    found = re.search(r"\d{6}", list_waiting()[0].message.text)
    assert found is not None
    return found.group()


def come_in(client: Client, name: str) -> Client:
    """The browser of somebody who has shown their code."""
    client.post("/p/sign-in/", {"phone": PHONES[name]})
    answer = client.post("/p/sign-in/code/", {"code": last_code()})
    assert answer.headers["Location"] == "/p/mine/"
    return client


def tie(name: str, ids: dict[tuple[str, Any], int]) -> Link:
    """The account of a phone that has come in is a row from now on."""

    applicant = Applicant.objects.get(phone_index=secrecy().index(f"phone:{PHONES[name]}"))
    return links.open_confirmed(applicant, (pack(), "person", ids["person", name], VILLAGES[PACK]), NOW, by="tester")
