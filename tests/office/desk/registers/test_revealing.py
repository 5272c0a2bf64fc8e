"""One covered value in full: with a reason, once, recorded, and for few."""

import pytest

from luoshi.office.accounts.roles import Role
from luoshi.office.audit.queries import events
from tests.office.desk.registers.ground import CITY, ONE, PACK, citizen_id, signed_in

pytestmark = pytest.mark.usefixtures("registers", "database")
SUBJECT, ADDRESS = f"/documents/{PACK}/person/2/", f"/registers/{PACK}/person/2/citizen_id/reveal/"
REASON = "核对补贴账户的户主"


def test_the_value_is_shown_once_after_a_reason_and_recorded() -> None:
    client = signed_in(Role.AUDITOR)
    assert ADDRESS in client.get(SUBJECT).content.decode()
    assert citizen_id(2) not in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, {"reason": REASON})
    assert citizen_id(2) in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert citizen_id(2) not in client.get(ADDRESS).content.decode()
    event = events(CITY)[0]
    assert (event.action, event.subject, event.basis) == ("value.reveal", "common.person:2", REASON)
    assert citizen_id(2) not in str(event)


@pytest.mark.parametrize("reason", ["", "  ", "看看", "a b"])
def test_without_a_reason_nothing_is_shown_or_recorded(reason: str) -> None:
    answer = signed_in().post(ADDRESS, {"reason": reason})
    assert citizen_id(2) not in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert all(event.action != "value.reveal" for event in events(CITY))


def test_who_may_not_read_it_has_no_button_and_is_refused() -> None:
    client = signed_in(Role.TOWNSHIP_CADRE)
    assert ADDRESS not in client.get(SUBJECT).content.decode()
    assert client.post(ADDRESS, {"reason": REASON}).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        f"/registers/{PACK}/person/2/name/reveal/",
        f"/registers/{PACK}/person/2/nothing/reveal/",
        f"/registers/{PACK}/person/999/citizen_id/reveal/",
        f"/registers/{PACK}/person/x/citizen_id/reveal/",
        f"/registers/{PACK}/nothing/2/citizen_id/reveal/",
    ],
)
def test_there_is_nothing_else_to_show(address: str) -> None:
    assert signed_in().post(address, {"reason": REASON}).status_code == 404


def test_nobody_reads_a_value_beyond_their_area() -> None:
    assert signed_in(Role.DEPARTMENT_OFFICER, ONE).post(ADDRESS, {"reason": REASON}).status_code == 404
