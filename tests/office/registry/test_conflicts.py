"""Values that contradict one another wait for people, who take or keep them; encrypted ones stay encrypted."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from luoshi.office.registry import conflicts
from luoshi.office.registry.conflicts import Offer, contested, offer, offer_all, open_conflicts, open_counts, settle
from luoshi.office.registry.errors import NotHere, Refused
from luoshi.office.registry.loading import load_folder
from luoshi.office.registry.models import Conflict
from luoshi.office.registry.queries import row
from luoshi.office.registry.revising import correct
from luoshi.office.registry.shape import RegisterTable, Tables, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.rulebook.model.blocks import Pack
from tests.office.registry.conftest import Folder, city

pytestmark = pytest.mark.usefixtures("database")
AT = datetime(2024, 5, 1, 8, tzinfo=UTC)
WHY = Basis("wang", AT, "入户核实", "村级核实")
HERE = "621102"


@pytest.fixture
def tables(pack: Pack, folder: Folder) -> Tables:
    """The small city, in which somebody has put right staff and telephone of shop 0."""
    load_folder(pack, folder("one", city("6211")), source="税务", by="chen")
    found = tables_of([pack])
    changes: dict[str, Any] = {"staff": 5, "contact": "138 1111"}
    correct(_shops(found), found, 0, changes, WHY, scope_prefix=HERE, expected_version=1)
    return found


@pytest.fixture
def shop(tables: Tables) -> RegisterTable:
    """The shops."""
    return _shops(tables)


def _shops(tables: Tables) -> RegisterTable:
    return next(table for table in tables.values() if table.register == "shop")


def _settle(shop: RegisterTable, tables: Tables, *, take: bool, prefix: str = HERE) -> int:
    numbers = Conflict.objects.values_list("id", flat=True)
    return settle(shop, tables, numbers, Basis("li", AT, "以税务为准", ""), take=take, scope_prefix=prefix)


def test_what_people_have_put_right_is_contested_by_other_sources(shop: RegisterTable) -> None:
    assert contested(shop, [0, 1, 99], "税务") == {0: frozenset({"staff", "contact"})}
    assert contested(shop, [0], "村级核实") == {}, "the source may change what it has said itself"


def test_an_offer_waits_and_changes_nothing(shop: RegisterTable) -> None:
    offer(shop, 0, "staff", 9, source="税务", by="chen")
    now = row(shop, HERE, 0)
    assert now is not None and now.cells["staff"] == 5 and now.version == 2
    [one] = open_conflicts(shop, HERE)
    assert (one.held, one.held_source, one.offered, one.offered_source, one.offered_by) == (
        "5",
        "村级核实",
        "9",
        "税务",
        "chen",
    )


def test_a_later_offer_of_the_source_takes_the_place_of_the_first(shop: RegisterTable) -> None:
    offer(shop, 0, "staff", 9, source="税务", by="chen")
    offer(shop, 0, "staff", 8, source="税务", by="chen")
    offer(shop, 0, "staff", 7, source="人社", by="chen")
    assert [one.offered for one in open_conflicts(shop, HERE)] == ["8", "7"]


def test_what_is_held_already_is_no_conflict(shop: RegisterTable) -> None:
    offers = [Offer(0, "staff", 5), Offer(0, "contact", "１３８1111"), Offer(0, "rent", None)]
    assert offer_all(shop, offers, source="税务", by="chen") == 0
    assert not open_counts([shop], "")


def test_an_encrypted_value_is_never_kept_in_clear(shop: RegisterTable) -> None:
    offer(shop, 0, "contact", "139 7777", source="税务", by="chen")
    one = Conflict.objects.get()
    assert "7777" not in str(one.offered) and one.offered and one.held
    column = shop.columns["contact"]
    assert conflicts.shown_value(shop, column, one.offered) == "1******7"
    assert conflicts.shown_value(shop, column, one.held) == "1******1"


def test_a_taken_value_is_a_correction_with_the_source_that_offered_it(shop: RegisterTable, tables: Tables) -> None:
    offer(shop, 0, "staff", 9, source="税务", by="chen")
    offer(shop, 0, "contact", "139 7777", source="税务", by="chen")
    assert _settle(shop, tables, take=True) == 2
    now = row(shop, HERE, 0)
    assert now is not None
    assert (now.cells["staff"], now.cells["contact"], now.source, now.reason) == (9, "1******7", "税务", "以税务为准")
    assert open_conflicts(shop, HERE) == [] and _settle(shop, tables, take=False) == 0


def test_a_kept_value_is_not_asked_about_again(shop: RegisterTable, tables: Tables) -> None:
    offer(shop, 0, "rent", Decimal("8.10"), source="税务", by="chen")
    assert _settle(shop, tables, take=False) == 1
    offer(shop, 0, "rent", Decimal("8.1"), source="税务", by="chen")
    assert open_conflicts(shop, HERE) == []
    offer(shop, 0, "rent", Decimal("8.2"), source="税务", by="chen")
    assert len(open_conflicts(shop, HERE)) == 1


def test_conflicts_are_seen_and_settled_within_the_area_only(shop: RegisterTable, tables: Tables) -> None:
    for row_id in (0, 1):
        offer(shop, row_id, "staff", 9, source="税务", by="chen")
    assert open_counts([shop], HERE) == {shop.name: 1} and open_counts([shop], "") == {shop.name: 2}
    assert [one.row_id for one in open_conflicts(shop, "621103")] == ["1"]
    with pytest.raises(NotHere):
        _settle(shop, tables, take=True)
    assert Conflict.objects.filter(state="open").count() == 2, "all or none"
    assert [one.row_id for one in open_conflicts(shop, "", after=open_conflicts(shop, "")[0].id)] == ["1"]


def test_settling_needs_a_reason_and_a_value_that_can_be_taken(shop: RegisterTable, tables: Tables) -> None:
    offer(shop, 0, "number", "2", source="税务", by="chen")
    with pytest.raises(Refused) as refused:
        _settle(shop, tables, take=True)
    assert [problem.kind for problem in refused.value.problems] == ["key"]
    with pytest.raises(Refused):
        settle(shop, tables, [1], Basis("li", AT, "", ""), take=False, scope_prefix=HERE)
