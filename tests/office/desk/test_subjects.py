"""The list behind a figure, and the page of one subject: within the area, masked, and decided as the run decides."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from psycopg import sql

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.database.keys import secrecy
from luoshi.office.desk.deciding import decide, without
from luoshi.office.registry import store
from luoshi.office.registry.building import identifier
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import actions, library, local, queries, results
from luoshi.office.runs.models import Installed, Run
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import COUNTED, Outcome
from tests.office.runs.city import CITY, ON, PACK, run_city
from tests.office.verified import let_in

HOME = f"/documents/{PACK}/"
LISTED = re.compile(rf'href="{HOME}(\w+)/(\d+)/')

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over a small city, for all tests of this file."""
    return run_city(tmp_path_factory.mktemp("city") / "data")


@pytest.fixture
def city(run: Run, client: Client) -> Client:
    """The browser of somebody who may see the whole city."""
    return _signed_in(client, CITY)


def _signed_in(client: Client, area: str) -> Client:
    user = open_account(f"chen-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(Role.TOWNSHIP_CADRE, area), date(2020, 1, 1), by="tester")
    return let_in(client, user)


def _page(client: Client, address: str, **query: str) -> str:
    answer = client.get(HOME + address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _some(run: Run, area: str = CITY) -> Iterator[tuple[str, str, results.Subject]]:
    """Some subjects of each register with a measure, of each outcome."""
    for measure in library.pack(PACK).measures.values():
        for outcome in COUNTED.values():
            for subject in results.subjects(run, measure.id, area, outcome, size=2).subjects:
                yield measure.id, measure.register, subject


def _decided_pack() -> Pack:
    return actions.decided_pack(Installed.objects.get(pack_id=PACK))


def test_a_list_names_as_many_as_the_figure_says(run: Run, city: Client) -> None:
    figures = queries.figures_of(run, CITY)["new-worker-award"]
    listed: set[str] = set()
    query: dict[str, str] = {}
    for _ in range(100):
        html = _page(city, "measures/new-worker-award/ineligible/", **query)
        listed |= {row for register, row in LISTED.findall(html) if register == "worker"}
        following = re.search(r'href="\?after=(\d+)"', html)
        if following is None:
            break
        query = {"after": following.group(1)}
    assert len(listed) == figures.ineligible > 50


def test_what_is_missing_stands_above_the_list(run: Run, city: Client) -> None:
    html = _page(city, "measures/new-worker-award/undetermined/")
    lacking = results.missing_by_condition(run, "new-worker-award", CITY)
    assert lacking
    assert "缺什么" in html
    for count in lacking.values():
        assert f'<td class="number">{count}</td>' in html
    assert "缺什么" not in _page(city, "measures/new-worker-award/ineligible/")


def test_figures_lead_to_their_lists(run: Run, city: Client) -> None:
    html = _page(city, "measures/new-worker-award/")
    county = min(queries.figures_by_area(run, "new-worker-award", CITY, 6))
    assert 'href="undetermined/"' in html and f'href="ineligible/?area={county}"' in html
    pack = library.pack(PACK)
    document = pack.measures["new-worker-award"].clause.partition("/")[0]
    html = _page(city, f"{document}/")
    for outcome in ("eligible", "undetermined"):
        assert f'href="{HOME}measures/new-worker-award/{outcome}/"' in html


@pytest.mark.parametrize("address", ["met/", "not_in_force/", "eligible/?after=x", "eligible/?after=007"])
def test_what_is_no_outcome_and_no_place_is_not_found(city: Client, address: str) -> None:
    assert city.get(f"{HOME}measures/new-worker-award/{address}").status_code == 404


def test_a_list_shows_ones_own_area_only(run: Run, client: Client) -> None:
    one, other = sorted(queries.figures_by_area(run, "new-worker-award", CITY, 6))[:2]
    _signed_in(client, one)
    html = _page(client, "measures/new-worker-award/ineligible/")
    theirs = {str(s.id) for s in results.subjects(run, "new-worker-award", other, Outcome.INELIGIBLE).subjects}
    listed = {row for register, row in LISTED.findall(html) if register == "worker"}
    assert listed and theirs and not listed & theirs
    assert client.get(f"{HOME}measures/new-worker-award/ineligible/", {"area": other}).status_code == 404
    mine = next(iter(listed))
    assert client.get(f"{HOME}worker/{mine}/").status_code == 200
    for row in theirs:
        assert client.get(f"{HOME}worker/{row}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["worker/007/", "worker/x/", "worker/-1/", "worker/99999999999999999999/", "area/33/", "nothing/1/"]
)
def test_an_id_of_the_wrong_form_is_not_found(city: Client, address: str) -> None:
    assert city.get(HOME + address).status_code == 404


def test_a_subject_is_decided_as_the_run_decided_it(run: Run, city: Client) -> None:
    pack = _decided_pack()
    settings = Settings(pack, ON, local.kept(pack))
    seen = set()
    for measure, register, subject in _some(run):
        decided = decide(pack, settings, ON, (register, subject.id), "zh")
        shown = next(one for one in decided.measures if one.id == measure)
        names = [condition.name for condition in pack.measures[measure].conditions]
        states = {
            state: {n for n, c in zip(names, shown.conditions, strict=True) if c.state == state}
            for state in ("unmet", "unknown")
        }
        assert states["unmet"] == set(subject.unmet)
        assert states["unknown"] == set(subject.unknown) - {results.AMOUNT}
        assert bool(shown.amount) is (subject.amount is not None)
        seen.add(shown.outcome)
    assert seen == set(COUNTED)


def test_every_register_with_a_measure_has_its_page(run: Run, city: Client) -> None:
    for register, row in {(register, subject.id) for _, register, subject in _some(run)}:
        html = _page(city, f"{register}/{row}/")
        assert "台账里的内容" in html and "第 1 版" in html
        assert not any(mark in html for mark in (" style=", "<style", "<script", " onclick="))


def test_identifiers_never_stand_on_a_page_in_clear(run: Run, city: Client) -> None:
    pack = library.pack(PACK)
    secrets = set()
    for register in pack.registers:
        table = table_of(pack, register)
        for column in (column for column in table.columns.values() if column.encrypted):
            with connection.cursor() as cursor:
                parts = (sql.Identifier(column.name), identifier(table.name))
                cursor.execute(sql.SQL("SELECT {0} FROM {1} WHERE {0} IS NOT NULL").format(*parts))
                cells = [bytes(cell) for (cell,) in cursor.fetchall()]
            secrets |= {secrecy().open(cell, table.place_of(column.name)) for cell in cells}
    assert secrets
    people = results.subjects(run, "outstanding-contributor", CITY, Outcome.UNDETERMINED, size=5).subjects
    pages = [_page(city, f"person/{one.id}/") for one in people]
    pages += [_page(city, f"{register}/{one.id}/") for _, register, one in _some(run)]
    assert any("已遮盖" in page for page in pages)
    for page in pages:
        assert not secrets & set(re.findall(r"[0-9A-Za-z]{4,}", page))


def test_a_text_that_was_opened_is_masked_wherever_it_stands() -> None:
    told = {"reason": {"zh": "证号 11010519491231002X 相同"}, "values": ["11010519491231002X", "12"]}
    assert without(told, {"11010519491231002X", "12"}) == {
        "reason": {"zh": "证号 1****************X 相同"},
        "values": ["1****************X", "12"],
    }


def test_a_subject_that_reads_too_much_is_left_to_the_run(
    run: Run, city: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "以计算的结果为准" not in _page(city, f"area/{CITY}/")
    monkeypatch.setattr(store, "MOST_MEMBERS", 5)
    assert "以计算的结果为准" in _page(city, f"area/{CITY}/")


def test_a_list_of_another_version_of_the_policy_is_not_shown(run: Run, city: Client) -> None:
    Run.objects.filter(id=run.id).update(pack_hash="another")
    html = _page(city, "measures/new-worker-award/ineligible/")
    assert "名单要等下次计算" in html and not LISTED.search(html)


def test_a_former_version_says_what_was_different(run: Run, city: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM common.area WHERE id = %s", [CITY])
        code, name = cursor.fetchone()
        cursor.execute("UPDATE common.area SET name = '新名', _changed_by = 'wang' WHERE id = %s", [code])
    html = _page(city, f"area/{CITY}/")
    assert f"{name} → 新名" in html and "wang" in html


def test_the_pages_speak_english(run: Run, city: Client) -> None:
    city.post("/language/", {"language": "en", "next": HOME})
    worker = results.subjects(run, "new-worker-award", CITY, Outcome.UNDETERMINED, size=1).subjects[0].id
    html = _page(city, f"worker/{worker}/")
    for words in ("Source and history", "In the register", "undetermined", "Still missing", "Version 1"):
        assert words in html, words
    html = _page(city, "measures/new-worker-award/undetermined/")
    assert "What is missing, for how many" in html
