"""The nightly look at the chain."""

import pytest

from luoshi.office.audit import actions, jobs, queries

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("broken", [None, 7])
def test_what_was_found_is_put_on_record(broken: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.record("test.act", actor="a", subject="thing:1")
    monkeypatch.setattr(queries, "first_broken", lambda: broken)
    jobs.verify(0)
    newest = queries.events("")[0]
    assert (newest.action, newest.details) == ("audit.verify", {"broken": broken})
