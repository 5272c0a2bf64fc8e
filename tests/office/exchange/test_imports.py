"""Imports from file to register: what is new, what changes, what is refused, and back again."""

import io
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import openpyxl  # type: ignore[import-untyped] # the library has no types
import pytest
from django.db import connection

from luoshi.office.accounts.roles import Scope
from luoshi.office.database.secrecy import Tampered
from luoshi.office.exchange import actions, files, queries, working
from luoshi.office.exchange.actions import Given
from luoshi.office.exchange.errors import NotNow, NotTaken
from luoshi.office.exchange.models import Import, Written
from luoshi.office.registry import revising
from luoshi.office.registry.models import Conflict
from luoshi.office.registry.shape import table_of, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.runs import library
from tests.office.exchange.giving import CITY, NOW, PACK, give, install, rows, take_back, take_in, titles, workbook

State = Import.State
pytestmark = pytest.mark.usefixtures("database")
INCOME = ("register_number", "area", "income_year")


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    install(tmp_path_factory.mktemp("city"))


def _households(*cells: tuple[object, ...]) -> bytes:
    return workbook(titles("household", *INCOME), cells)


def _staged() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'exchange'::regnamespace AND relkind = 'r'")
        return int(cursor.fetchone()[0])


def _events(work: Import) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT action FROM audit.event WHERE subject = %s ORDER BY id", [f"import:{work.id}"])
        return [row[0] for row in cursor.fetchall()]


def _kinds(work: Import) -> dict[str, int]:
    assert work.state == State.REFUSED, (work.state, work.problem)
    assert _staged() == 0
    return dict(work.faults_by_kind)


def test_new_and_changed_rows_are_taken_in_and_taken_back() -> None:
    (one, place, _), (other, *_) = rows("household", *INCOME)[:2]
    before = rows("household", *INCOME, "low_income")
    work = give("household", _households((one, place, 12345.67), (other, None, None), ("样户-新", place, 800)))
    assert (work.state, work.faults_by_kind) == (State.READY, {})
    assert (work.rows_new, work.rows_changed, work.rows_same) == (1, 1, 1)
    assert rows("household", *INCOME, "low_income") == before
    take_in(work)
    assert work.state == State.ACCEPTED
    assert _staged() == 0
    now = dict(rows("household", "register_number", "income_year"))
    assert (now[one], now["样户-新"]) == (Decimal("12345.67"), 800)
    [(source, by)] = rows("household", "_source", "_changed_by", where="register_number = '样户-新'")
    assert (source, by) == (f"名单.xlsx #{work.id}", "wang")
    take_back(work)
    assert work.state == State.UNDONE
    assert rows("household", *INCOME, "low_income") == before
    assert _events(work) == [
        "import.receive", "import.check", "import.accept", "import.take-in", "import.ask-undo", "import.undo",
    ]  # fmt: skip


def test_undoing_gives_a_new_version_with_everything_that_was_there() -> None:
    [(one, place, _)] = rows("household", *INCOME)[:1]
    where = f"register_number = '{one}'"
    [(version, source)] = rows("household", "_version", "_source", where=where)
    take_back(take_in(give("household", _households((one, place, 7)))))
    assert rows("household", "_version", "_source", where=where) == [(version + 2, source)]


def test_numbers_of_people_are_found_and_never_stored_in_clear() -> None:
    [(number, household)] = rows("household", "register_number", "id")[:1]
    sheet = workbook(titles("person", "citizen_id", "name", "household", "sex"), [
        ("11010519491231002x", "样例新", number, "女"),
    ])  # fmt: skip
    work = give("person", sheet)
    assert (work.state, work.rows_new) == (State.READY, 1)
    [line] = queries.lines(work, table_of(library.pack(PACK), "person"), "new")
    assert line.new["citizen_id"] == "1****************X"
    assert line.new["household"] == household
    with connection.cursor() as cursor:
        for kind in ("raw", "rows"):
            cursor.execute(f"SELECT string_agg(r::text, ' ') FROM exchange.{kind}_{work.id} r")
            assert "19491231" not in cursor.fetchone()[0]
    assert b"19491231" not in (files._folder() / work.file).read_bytes()
    take_in(work)
    again = give("person", workbook(titles("person", "citizen_id", "name"), [("11010519491231002X", "改名")]))
    assert (again.rows_new, again.rows_changed) == (0, 1)
    bound = workbook(titles("broker", "person", "area"), [("11010519491231002X", "丽水市")])
    assert give("broker", bound).rows_new == 1


def test_a_key_of_several_parts_is_written_with_bars_and_may_be_cut_short() -> None:
    [(name, area, point)] = rows("point", "name", "area", "id")[:1]
    same = [row for row in rows("point", "name") if row == (name,)]
    sheet = titles("product", "name", "point", "area")
    work = give("product", workbook(sheet, [("新产品", f"{name}|{area}", area)]))
    assert (work.state, work.faults_by_kind) == (State.READY, {})
    [line] = queries.lines(work, table_of(library.pack(PACK), "product"), "new")
    assert line.new["point"] == point
    cut = give("product", workbook(sheet, [("新产品二", name, area)]))
    assert (cut.state == State.READY) == (len(same) == 1)


def test_every_problem_is_told_with_its_place() -> None:
    [(one, place, _)] = rows("household", *INCOME)[:1]
    work = give("household", _households(
        (one, place, "很多"), (None, place, 1), ("甲", "没有这个村", 1),
        ("乙", place, 1), ("乙", place, 2), ("丙", None, 3),
    ))  # fmt: skip
    assert _kinds(work) == {"number": 1, "empty": 1, "division": 1, "double": 1, "outside": 1}
    found = {(fault.kind, fault.place): fault.told() for fault in queries.faults(work)}
    assert set(found) == {
        ("number", "C2"), ("empty", "A3"), ("division", "B4"), ("double", "A6"), ("outside", "B7"),
    }  # fmt: skip
    assert found["double", "A6"].wrong == "和第 5 行说的是同一个"
    assert found["division", "B4"].wrong.endswith("没有这个村")
    assert all(told.todo for told in found.values())


def test_a_reference_that_leads_nowhere_is_a_problem_and_personal_ones_are_not_shown() -> None:
    work = give("person", workbook(titles("person", "citizen_id", "household"), [("11010519491231002X", "没有的户")]))
    assert _kinds(work) == {"reference": 1}
    [fault] = queries.faults(work)
    assert (fault.place, fault.seen) == ("B2", "")


def test_a_county_reaches_its_own_rows_only() -> None:
    counties = sorted({place[:6] for (place,) in rows("household", "area") if place})
    mine, theirs = counties[:2]
    [(foreign, there, _)] = rows("household", *INCOME, where=f"starts_with(_area_code, '{theirs}')")[:1]
    [(own, here, _)] = rows("household", *INCOME, where=f"starts_with(_area_code, '{mine}')")[:1]
    assert _kinds(give("household", _households((foreign, None, 5)), mine)) == {"elsewhere": 1}
    assert _kinds(give("household", _households((foreign, here, 5)), mine)) == {"elsewhere": 1}
    assert _kinds(give("household", _households(("新户", there, 5)), mine)) == {"division": 1}
    sheet = workbook(titles("person", "citizen_id", "household"), [("11010519491231002X", foreign)])
    assert _kinds(give("person", sheet, mine)) == {"reference": 1}
    work = give("household", _households((own, here, 5)), mine)
    assert (work.state, work.rows_changed) == (State.READY, 1)
    assert queries.find_import(work.id, Scope(theirs)) is None
    assert queries.find_import(work.id, Scope(CITY)) == work
    assert [each.id for each in queries.imports(Scope(theirs))] == []


def test_the_same_file_is_the_same_import_and_the_same_content_changes_nothing() -> None:
    [(one, place, _)] = rows("household", *INCOME)[:1]
    content = _households((one, place, 99))
    first = give("household", content)
    assert give("household", content) == first
    take_in(first)
    assert give("household", content) == first
    other = give("household", _households((one, place, 99), (one, None, None)))
    assert _kinds(other) == {"double": 1}
    same = give("household", workbook(titles("household", *INCOME), [(one, place, 99)], "又一张"))
    assert (same.state, same.rows_same, _staged()) == (State.UNCHANGED, 1, 0)
    with pytest.raises(NotNow):
        actions.accept(same, by="wang", now=NOW)


@pytest.mark.parametrize("clears", [False, True])
def test_an_empty_cell_leaves_what_is_kept_or_clears_it(clears: bool) -> None:
    one, income = next(row for row in rows("household", "register_number", "income_year") if row[1])
    sheet = workbook(titles("household", "register_number", "income_year"), [(one, None)])
    work = give("household", sheet, clears=clears)
    assert work.state == (State.READY if clears else State.UNCHANGED)
    if clears:
        take_in(work)
    [(now,)] = rows("household", "income_year", where=f"register_number = '{one}'")
    assert now == (None if clears else income)


def test_what_somebody_put_right_is_offered_and_not_written() -> None:
    row_id, one, version = rows("household", "id", "register_number", "_version")[0]
    pack = library.pack(PACK)
    table, basis = table_of(pack, "household"), Basis("li", NOW, "入户核实", "入户")
    revising.correct(
        table, tables_of([pack]), row_id, {"income_year": Decimal(4321)}, basis,
        scope_prefix=CITY, expected_version=version,
    )  # fmt: skip
    columns = titles("household", "register_number", "income_year", "low_income")
    work = give("household", workbook(columns, [(one, 1, "是"), ("样户-新", 2, "否")][:1]))
    assert (work.state, work.rows_contested) == (State.READY, 1)
    [line] = queries.lines(work, table, "contested")
    assert (line.conflicts, line.changes) == (("income_year",), ("low_income",))
    take_in(work)
    where = f"id = {row_id}"
    assert (work.state, work.problem) == (State.ACCEPTED, "")
    assert rows("household", "income_year", "low_income", where=where) == [(4321, True)]
    [conflict] = Conflict.objects.filter(row_id=str(row_id))
    assert (conflict.column, conflict.offered_source) == ("income_year", work.source)
    if work.rows_changed:
        take_back(work)
        assert not Conflict.objects.filter(row_id=str(row_id), state="open").exists()


def test_an_import_whose_rows_were_changed_is_not_undone() -> None:
    [(one, place, _), (two, there, _)] = rows("household", *INCOME)[:2]
    untouched = rows("household", *INCOME)
    work = take_in(give("household", _households((one, place, 31), (two, there, 32))))
    later = take_in(give("household", _households((one, place, 33))))
    before = rows("household", *INCOME)
    take_back(work)
    assert (work.state, work.problem) == (State.ACCEPTED, "obstacles")
    assert rows("household", *INCOME) == before
    pack = library.pack(PACK)
    [obstacle] = queries.hindrances(work, table_of(pack, "household"), tables_of([pack]))
    assert (obstacle.kind, obstacle.by) == ("changed", "wang")
    take_back(later)
    take_back(work)
    assert (work.state, rows("household", *INCOME)) == (State.UNDONE, untouched)


def test_an_import_whose_new_rows_are_referred_to_is_not_undone() -> None:
    [(_, place, _)] = rows("household", *INCOME)[:1]
    work = take_in(give("household", _households(("样户-新", place, 1))))
    sheet = workbook(titles("person", "citizen_id", "household"), [("11010519491231002X", "样户-新")])
    take_in(give("person", sheet))
    take_back(work)
    assert (work.state, work.problem) == (State.ACCEPTED, "obstacles")
    pack = library.pack(PACK)
    [obstacle] = queries.hindrances(work, table_of(pack, "household"), tables_of([pack]))
    assert (obstacle.kind, obstacle.register) == ("referred", "person")


def test_who_moves_takes_everything_along_and_back() -> None:
    row_id, one, place = next(
        row for row in rows("household", "id", "register_number", "area")
        if rows("person", "id", where=f"household = {row[0]}")
    )  # fmt: skip
    other = next(area for (area,) in rows("household", "area") if area and area[:6] != place[:6])
    where = f"household = {row_id}"
    before = rows("person", "id", "_area_code", where=where)
    work = take_in(give("household", _households((one, other, None))))
    assert {area for _, area in rows("person", "id", "_area_code", where=where)} == {other}
    take_back(work)
    assert work.state == State.UNDONE
    assert rows("person", "id", "_area_code", where=where) == before


def test_a_register_that_changes_before_it_is_written_is_looked_at_again() -> None:
    [(one, place, _)] = rows("household", *INCOME)[:1]
    work = give("household", _households((one, place, 31)))
    take_in(give("household", _households((one, place, 30))))
    take_in(work)
    assert (work.state, work.problem) == (State.READY, "moved-on")
    assert rows("household", "income_year", where=f"register_number = '{one}'") == [(30,)]
    take_in(work)
    assert work.state == State.ACCEPTED


def test_a_file_that_nobody_accepts_for_a_month_is_rejected() -> None:
    [(one, place, _)] = rows("household", *INCOME)[:1]
    work = give("household", _households((one, place, 37)))
    assert work.state == State.READY and _staged() > 0
    assert actions.expire(by="system", now=work.asked_at + actions.WAITS) == 0
    assert actions.expire(by="system", now=work.asked_at + actions.WAITS + timedelta(seconds=1)) == 1
    work.refresh_from_db()
    assert (work.state, work.decided_by) == (State.REJECTED, "system")
    assert _staged() == 0


def test_nothing_is_left_of_what_was_rejected_or_cancelled() -> None:
    [(one, place, _)] = rows("household", *INCOME)[:1]
    work = give("household", _households((one, place, 31)))
    actions.accept(work, by="wang", now=NOW)
    actions.cancel(work, by="wang")
    working.take_in(work.id)
    work.refresh_from_db()
    assert (work.state, work.decided_by) == (State.READY, "")
    actions.reject(work, "不对", by="wang", now=NOW)
    assert _staged() == 0
    with pytest.raises(NotNow):
        actions.cancel(work, by="wang")
    with pytest.raises(NotNow):
        actions.undo(work, "不对", by="wang", now=NOW)
    assert not Written.objects.filter(of=work).exists()


def test_a_register_is_kept_from_its_first_import_until_that_is_undone() -> None:
    def kept() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT area_code FROM registry.kept_register WHERE \"table\" = 'attendance'")
            return bool(cursor.fetchall())

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry.kept_register WHERE \"table\" = 'payment'")
    sheet = workbook(titles("payment", "document", "area", "amount"), [("样支〔2024〕1号", CITY, 100)])
    work = take_in(give("payment", sheet))
    assert (work.state, work.declared) == (State.ACCEPTED, True)
    take_back(work)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry.kept_register WHERE \"table\" = 'payment'")
        assert cursor.fetchone()[0] == 0
    assert kept() is not None


def test_of_several_sheets_somebody_chooses() -> None:
    [(one, place, _)] = rows("household", *INCOME)[:1]
    book = openpyxl.load_workbook(io.BytesIO(_households((one, place, 31))))
    other = book.create_sheet("二月")
    other.append(titles("household", *INCOME))
    other.append([one, place, 32])
    file = io.BytesIO()
    book.save(file)
    work = give("household", file.getvalue())
    assert (work.state, work.sheets) == (State.CHOOSING, ["名单", "二月"])
    with pytest.raises(NotNow):
        actions.choose(work, "三月", by="chen")
    actions.choose(work, "二月", by="chen")
    working.check(work.id)
    take_in(Import.objects.get(id=work.id))
    assert rows("household", "income_year", where=f"register_number = '{one}'") == [(32,)]


def test_a_file_that_is_no_table_is_refused_in_words() -> None:
    work = give("household", b"nothing of the kind \x00\x01")
    assert work.state == State.REFUSED
    [fault] = queries.faults(work)
    assert fault.told().todo
    missing = give("household", workbook(["行政区划"], [("丽水市",)]))
    assert _kinds(missing) == Counter(key_missing=1)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("a.docx", b"x", "type"), ("a.xlsx", b"", "empty"), ("a.xlsx", b"0" * (files.MOST_BYTES + 1), "large")],
)
def test_what_is_not_even_read(name: str, content: bytes, kind: str) -> None:
    with pytest.raises(NotTaken) as refused:
        actions.receive(library.pack(PACK), "household", Given(name, content), area=CITY, by="chen", now=NOW)
    assert refused.value.kind == kind


def test_a_kept_file_that_was_changed_is_not_read() -> None:
    name, other = files.keep(b"one", ".csv"), files.keep(b"two", ".csv")
    assert files.read(name) == b"one"
    path = files._folder() / name
    path.write_bytes((files._folder() / other).read_bytes())
    with pytest.raises(Tampered):
        files.read(name)
    assert path.stat().st_mode & 0o077 == 0
