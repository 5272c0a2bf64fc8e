"""Single rows: put right, added, given back; refused with every reason, and nothing written then."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from luoshi.office.audit.queries import events
from luoshi.office.registry.entering import Unfit, entered
from luoshi.office.registry.errors import ChangedMeanwhile, NotHere, Refused
from luoshi.office.registry.loading import load_folder
from luoshi.office.registry.queries import history, row
from luoshi.office.registry.revising import add, correct, preview, restore
from luoshi.office.registry.shape import RegisterTable, Tables, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.registry.tracing import traces
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.calendar import NEVER
from tests.office.registry.conftest import Folder, city, rows_of

pytestmark = pytest.mark.usefixtures("database")
AT = datetime(2024, 5, 1, 8, tzinfo=UTC)
WHY = Basis("wang", AT, "登记时写错", "村级核实")
HERE = "621102"


@pytest.fixture
def tables(pack: Pack, folder: Folder) -> Tables:
    """The small city: shop 0 and household 0 lie in county 621102, shop 1 and household 1 in 621103."""
    load_folder(pack, folder("one", city("6211")), source="trial", by="chen")
    return tables_of([pack])


@pytest.fixture
def shop(tables: Tables) -> RegisterTable:
    """The shops."""
    return _named(tables, "shop")


def _named(tables: Tables, register: str) -> RegisterTable:
    return next(table for table in tables.values() if table.register == register)


def _corrected(table: RegisterTable, tables: Tables, changes: Mapping[str, Any], version: int = 1) -> int:
    return correct(table, tables, 0, changes, WHY, scope_prefix=HERE, expected_version=version)


def _kinds(refused: pytest.ExceptionInfo[Refused]) -> set[tuple[str, str]]:
    return {(problem.kind, problem.column) for problem in refused.value.problems}


def test_a_correction_is_a_new_version_with_its_reason(shop: RegisterTable, tables: Tables) -> None:
    changes = {"rent": Decimal("8.10"), "opened": date(2020, 2, 1), "contact": "138 1111", "kind": None}
    assert _corrected(shop, tables, changes) == 2
    now = row(shop, HERE, 0)
    assert now is not None
    assert (now.version, now.reason, now.source, now.changed_by, now.changed_at) == (
        2,
        WHY.reason,
        WHY.source,
        "wang",
        AT,
    )
    assert (now.cells["rent"], now.cells["kind"], now.cells["contact"]) == (Decimal("8.10"), None, "1******1")
    assert [(one.version, one.reason, one.cells["kind"]) for one in history(shop, HERE, 0)] == [(1, "", "big")]


def test_the_event_names_columns_and_no_value(shop: RegisterTable, tables: Tables) -> None:
    _corrected(shop, tables, {"contact": "138 1111"})
    event = events("6211")[0]
    assert (event.action, event.subject, event.actor) == ("register.correct", "shop:0", "wang")
    assert event.details == {"columns": ["contact"], "version": 2}


def test_sending_the_same_twice_is_harmless(shop: RegisterTable, tables: Tables) -> None:
    assert _corrected(shop, tables, {"staff": 5, "contact": "138 1111"}) == 2
    assert _corrected(shop, tables, {"staff": 5, "contact": "１３８1111"}) == 2, "written otherwise, the same number"
    assert len(history(shop, HERE, 0)) == 1


def test_a_row_that_was_changed_meanwhile_is_not_written_over(shop: RegisterTable, tables: Tables) -> None:
    _corrected(shop, tables, {"staff": 5})
    with pytest.raises(ChangedMeanwhile) as told:
        _corrected(shop, tables, {"staff": 6})
    assert told.value.version == 2
    now = row(shop, HERE, 0)
    assert now is not None and now.cells["staff"] == 5


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"staff": "five"}, "type"),
        ({"staff": 10**9}, "type"),
        ({"staff": True}, "type"),
        ({"rent": Decimal("1.005")}, "type"),
        ({"kind": "huge"}, "code"),
        ({"opened": date(9500, 1, 1)}, "day"),
        ({"contact": "1\0"}, "sign"),
        ({"owner": "1"}, "reference"),
        ({"owner": 99}, "reference"),
        ({"owner": 0}, "reference"),  # is kept in the other county
        ({"area": "621102003999"}, "reference"),
        ({"area": "621103003201"}, "place"),
        ({"number": "2"}, "key"),
        ({"colour": "red"}, "column"),
    ],
)
def test_what_does_not_fit_is_refused(shop: RegisterTable, tables: Tables, changes: dict[str, Any], kind: str) -> None:
    with pytest.raises(Refused) as refused:
        _corrected(shop, tables, changes)
    assert _kinds(refused) == {(kind, next(iter(changes)))}
    assert history(shop, HERE, 0) == []
    assert {one.kind for one in preview(shop, tables, 0, changes, HERE)} == {kind}


def test_all_problems_are_told_at_once(shop: RegisterTable, tables: Tables) -> None:
    nothing = Basis("wang", AT, " ", "x" * 501)
    wrong: dict[str, Any] = {"staff": 10**9, "kind": "huge", "owner": 99}
    with pytest.raises(Refused) as refused:
        correct(shop, tables, 0, wrong, nothing, scope_prefix=HERE, expected_version=1)
    expected = {("type", "staff"), ("code", "kind"), ("reference", "owner"), ("reason", ""), ("source", "")}
    assert _kinds(refused) == expected


def test_which_row_has_the_key_is_told_within_the_area_only(shop: RegisterTable, tables: Tables) -> None:
    for prefix, told in ((HERE, ""), ("6211", "1")):
        with pytest.raises(Refused) as refused:
            correct(shop, tables, 0, {"number": "2"}, WHY, scope_prefix=prefix, expected_version=1)
        assert refused.value.problems[0].told == told


@pytest.mark.parametrize("row_id", [1, 99])
def test_a_row_elsewhere_is_as_if_it_were_not(shop: RegisterTable, tables: Tables, row_id: int) -> None:
    with pytest.raises(NotHere):
        correct(shop, tables, row_id, {"staff": 1}, WHY, scope_prefix=HERE, expected_version=1)


def test_who_is_found_through_a_corrected_row_moves_with_it(shop: RegisterTable, tables: Tables) -> None:
    household, person = _named(tables, "household"), _named(tables, "person")
    correct(household, tables, 0, {"area": "621102003202"}, WHY, scope_prefix=HERE, expected_version=1)
    moved = row(person, HERE, 1)
    assert moved is not None
    assert (moved.area_code, moved.version, moved.reason) == ("621102003202", 2, None), "the reason is the household's"


def test_a_row_is_added_where_one_may_see_it(shop: RegisterTable, tables: Tables) -> None:
    cells: dict[str, Any] = {"number": "77", "area": "621102003201", "owner": 1, "contact": "138", "staff": None}
    new = add(shop, tables, cells, WHY, scope_prefix=HERE)
    now = row(shop, HERE, new)
    assert now is not None
    assert (now.area_code, now.version, now.reason, now.cells["contact"]) == ("621102003201", 1, WHY.reason, "***")
    assert events("6211")[0].subject == f"shop:{new}"


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({}, {"empty"}),
        ({"number": "1", "area": "621102003201"}, {"key"}),
        ({"number": "78", "area": "621103003201"}, {"place"}),
        ({"number": "78"}, {"place"}),
    ],
)
def test_a_row_that_may_not_be_added(shop: RegisterTable, tables: Tables, cells: Any, kinds: set[str]) -> None:
    with pytest.raises(Refused) as refused:
        add(shop, tables, cells, WHY, scope_prefix=HERE)
    assert {problem.kind for problem in refused.value.problems} == kinds
    assert rows_of("SELECT count(*) FROM first.shop") == [(2,)]


def test_divisions_are_not_added(tables: Tables) -> None:
    with pytest.raises(Refused):
        add(_named(tables, "area"), tables, {"name": "新"}, WHY, scope_prefix="")


def test_undoing_is_a_new_version_with_the_former_cells(shop: RegisterTable, tables: Tables) -> None:
    _corrected(shop, tables, {"staff": 5, "contact": "138", "opened": date(2020, 1, 1)})
    why = Basis("li", AT, "改错了行", "原始登记表")
    assert restore(shop, tables, 0, 1, why, scope_prefix=HERE, expected_version=2) == 3
    now = row(shop, HERE, 0)
    assert now is not None
    assert (now.cells["staff"], now.cells["contact"], now.cells["opened"]) == (3, "1******0", None)
    with pytest.raises(NotHere):
        restore(shop, tables, 0, 9, why, scope_prefix=HERE, expected_version=3)


def test_each_value_says_since_when_it_holds(shop: RegisterTable, tables: Tables) -> None:
    _corrected(shop, tables, {"staff": 5})
    correct(shop, tables, 0, {"contact": "138"}, Basis("li", AT, "换号", "本人"), scope_prefix=HERE, expected_version=2)
    since = traces(shop, HERE, 0)
    assert (since["staff"].version, since["staff"].by, since["staff"].reason) == (2, "wang", WHY.reason)
    assert (since["contact"].version, since["contact"].source) == (3, "本人")
    assert (since["kind"].version, since["kind"].source, since["kind"].reason) == (1, "trial", "")
    assert traces(shop, "621103", 0) == {}


def test_a_reason_belongs_to_one_version(shop: RegisterTable, tables: Tables) -> None:
    _corrected(shop, tables, {"staff": 5})
    rows_of("UPDATE first.shop SET staff = 6, _changed_by = 'import' WHERE id = 0 RETURNING id")
    now = row(shop, HERE, 0)
    assert now is not None and now.reason is None
    assert [one.reason for one in history(shop, HERE, 0)] == [WHY.reason, ""]


def test_a_double_that_gets_a_key_of_its_own_is_none_any_more(shop: RegisterTable, tables: Tables) -> None:
    rows_of("UPDATE first.shop SET number = '2', _double = true WHERE id = 0 RETURNING id")
    assert _corrected(shop, tables, {"staff": 9}, 2) == 3
    now = row(shop, HERE, 0)
    assert now is not None and now.double
    _corrected(shop, tables, {"number": "3"}, 3)
    now = row(shop, HERE, 0)
    assert now is not None and not now.double


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("staff", " １２ ", 12),
        ("rent", "1,234.50", Decimal("1234.50")),
        ("opened", "２０２０-01-02", date(2020, 1, 2)),
        ("opened", "9999-12-31", NEVER),
        ("owner", "7", 7),
        ("area", "621102", "621102"),
        ("number", " A 1 ", "A 1"),
        ("kind", "", None),
    ],
)
def test_what_is_entered_is_read_as_it_is_meant(shop: RegisterTable, column: str, text: str, value: object) -> None:
    assert entered(shop.columns[column], text) == value


@pytest.mark.parametrize(
    ("column", "text"),
    [("staff", "1.5"), ("opened", "2019-02-29"), ("owner", "-1"), ("owner", "9" * 20), ("area", "62"), ("kind", "Big")],
)
def test_what_means_nothing_is_refused(shop: RegisterTable, column: str, text: str) -> None:
    if column == "area":
        text = "62110"
    with pytest.raises(Unfit):
        entered(shop.columns[column], text)
