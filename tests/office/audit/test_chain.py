"""The event log is a chain."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from luoshi.office.audit import actions, queries

pytestmark = pytest.mark.usefixtures("database")


def _record(number: int, area: str = "6211") -> int:
    return actions.record("test.act", actor="tester", subject=f"thing:{number}", area=area, details={"n": number})


def test_events_are_read_back_newest_first_and_by_area() -> None:
    _record(1), _record(2, "3325"), _record(3, "621102")
    assert [event.subject for event in queries.events("6211")[:2]] == ["thing:3", "thing:1"]
    newest = queries.events("")[0]
    assert (newest.actor, newest.action, newest.details) == ("tester", "test.act", {"n": 3})
    assert [event.id for event in queries.events("", before=newest.id, size=1)] == [newest.id - 1]


def test_numbers_follow_each_other() -> None:
    first = _record(1)
    assert [_record(2), _record(3)] == [first + 1, first + 2]
    assert queries.first_broken() is None


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM audit.event",
        "UPDATE audit.event SET actor = 'nobody'",
        "INSERT INTO audit.event SELECT * FROM audit.event",
        "TRUNCATE audit.event",
        "UPDATE audit.head SET id = 0",
        "SELECT * FROM audit.head",
        "SET ROLE luoshi_audit",
        "ALTER FUNCTION audit.first_broken() OWNER TO luoshi",
        "DROP TABLE audit.event",
    ],
)
def test_the_service_cannot_change_the_log(act: str) -> None:
    _record(1)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("SELECT 1", None),
        ("UPDATE audit.event SET actor = 'b' WHERE id = 2", 2),
        ("UPDATE audit.event SET at = at + interval '1 second' WHERE id = 3", 3),
        ("DELETE FROM audit.event WHERE id = 2", 3),
        ("DELETE FROM audit.event WHERE id = 1", 2),
        ("DELETE FROM audit.event WHERE id = (SELECT max(id) FROM audit.event)", "last"),
        ("UPDATE audit.event SET id = -1 WHERE id = 1", -1),
    ],
)
def test_what_the_administrator_changes_is_found(
    administrator: psycopg.Connection, tampering: str, broken: int | str | None
) -> None:
    administrator.execute("DELETE FROM audit.event")
    administrator.execute("UPDATE audit.head SET id = 0, hash = sha256('luoshi')")
    for number in range(4):
        administrator.execute("SELECT audit.append('a', 'test.act', %s, '6211', '', '', '{}')", [f"thing:{number}"])
    administrator.execute(tampering.encode())
    found = administrator.execute("SELECT audit.first_broken()").fetchone()
    assert found == ((4 if broken == "last" else broken),)
