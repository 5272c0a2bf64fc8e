"""Trying a change: the case engine decides with it, nothing is kept of it, nothing of it stands in an address."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from luoshi.office.accounts.roles import Role
from luoshi.office.desk.trying.overlay import OverlayStore
from luoshi.office.desk.trying.questions import questions, tried
from luoshi.office.desk.trying.trying import Trier, changes_of, compared
from luoshi.office.runs import actions, local
from luoshi.office.runs.models import Installed, Run
from luoshi.office.runs.results import subjects
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import Outcome
from tests.office.worklists.place import CITY, ON, PACK, followed_city, signed_in

pytestmark = pytest.mark.usefixtures("database")
MEASURE, REGISTER = "new-worker-award", "worker"


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return followed_city(tmp_path_factory.mktemp("city") / "data")


@pytest.fixture
def city(run: Run, client: Client) -> Client:
    return signed_in(client, Role.TOWNSHIP_CADRE, CITY)


def _pack() -> Pack:
    return actions.decided_pack(Installed.objects.get(pack_id=PACK), ON)


def _trier(row: int, register: str = REGISTER) -> Trier:
    pack = _pack()
    return Trier(pack, local.settings_of(pack, ON), ON, (register, row), "zh")


def _one(run: Run, outcome: Outcome, measure: str = MEASURE) -> int:
    return int(subjects(run, measure, CITY, outcome, size=1).subjects[0].id)


def _versions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM registry.row_version) + (SELECT count(*) FROM audit.event)")
        return int(cursor.fetchone()[0])


def test_facts_that_decisions_read_are_asked_for_the_subjects_own_first(run: Run) -> None:
    asked = questions(_pack(), CITY, (REGISTER, _one(run, Outcome.ELIGIBLE)))
    assert [one.via for one in asked] == sorted((one.via for one in asked), key=bool)
    assert {".start_date", ".end_date"} <= {one.key for one in asked}
    assert not any(one.column.encrypted for one in asked)


def test_a_fact_that_is_blanked_leaves_its_condition_open(run: Run) -> None:
    row = _one(run, Outcome.ELIGIBLE)
    trier, asked = _trier(row), questions(_pack(), CITY, (REGISTER, row))
    now, turned = trier.view(trier.decision({})), 0
    for one in asked:
        changed = tried(asked, {one.key: ""})
        assert [each.key for each in changed if each.is_changed] == ([one.key] if one.kept else [])
        measures, _ = compared(now, trier.view(trier.decision(changes_of(changed))))
        altered = next(each for each in measures if each.after.id == MEASURE)
        if altered.is_altered:
            assert (altered.before.outcome, altered.after.outcome) == ("eligible", "undetermined")
            assert {each.after for each in altered.turned} <= {"unknown"}
            turned += 1
    assert turned


def test_every_one_click_meets_its_condition(run: Run) -> None:
    seen = 0
    for measure in _pack().measures.values():
        for one in subjects(run, measure.id, CITY, Outcome.INELIGIBLE, size=2).subjects:
            if measure.register == "area":
                continue
            trier = _trier(int(one.id), measure.register)
            asked = questions(_pack(), CITY, (measure.register, int(one.id)))
            decision = trier.decision({})
            for click in trier.one_clicks(decision, trier.view(decision), asked):
                after = trier.view(trier.decision(changes_of(tried(asked, dict(click.fields)))))
                assert any(
                    condition.title == click.condition and condition.state == "met"
                    for shown in after.measures
                    if shown.title == click.measure
                    for condition in shown.conditions
                )
                seen += 1
    assert seen > 10


def test_what_cannot_be_a_value_is_said_and_left_out(run: Run) -> None:
    asked = questions(_pack(), CITY, (REGISTER, _one(run, Outcome.ELIGIBLE)))
    (wrong,) = [one for one in tried(asked, {".start_date": "去年", "nothing": "1"}) if one.wrong]
    assert wrong.key == ".start_date"
    assert changes_of([wrong]) == {}


def test_rows_beside_the_changed_one_are_as_they_are_kept(run: Run) -> None:
    row, pack = _one(run, Outcome.ELIGIBLE), _pack()
    store = OverlayStore(pack, {(REGISTER, row): {"start_date": date(2020, 1, 1), "end_date": None}})
    changed, plain = store.row(REGISTER, row), OverlayStore(pack, {}).row(REGISTER, row)
    assert changed is not None and plain is not None
    assert changed["start_date"] == date(2020, 1, 1) and "end_date" in changed
    assert changed["person"] == plain["person"]


def test_the_page_tries_and_keeps_nothing(run: Run, city: Client) -> None:
    row = _one(run, Outcome.ELIGIBLE)
    address = f"/documents/{PACK}/{REGISTER}/{row}/try/"
    answer = city.get(address)
    html = answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"] and 'name=".start_date"' in html
    assert f'href="{address}"' in city.get(f"/documents/{PACK}/{REGISTER}/{row}/").content.decode()
    before = _versions()
    answer = city.post(address, {".start_date": "2023-12-30"})
    html = answer.content.decode()
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
    assert "结果会怎么变" in html and "已改" in html
    assert _versions() == before
    assert "2023-12-30" not in city.get(address).content.decode()
    assert not any(mark in html for mark in (" style=", "<style", "<script", " onclick="))


def test_a_one_click_trial_is_a_form(run: Run, city: Client) -> None:
    address = f"/documents/{PACK}/{REGISTER}/{_one(run, Outcome.INELIGIBLE)}/try/"
    html = city.get(address).content.decode()
    given = dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)">', html))
    given.pop("csrfmiddlewaretoken", None)
    assert given
    assert "结果会怎么变" in city.post(address, given).content.decode()


def test_a_wrong_value_is_named(run: Run, city: Client) -> None:
    address = f"/documents/{PACK}/{REGISTER}/{_one(run, Outcome.ELIGIBLE)}/try/"
    html = city.post(address, {".start_date": "<去年>"}).content.decode()
    assert "写法不对" in html and "&lt;去年&gt;" in html


def test_a_subject_beyond_ones_area_is_not_found(run: Run, client: Client) -> None:
    found = subjects(run, MEASURE, CITY, Outcome.INELIGIBLE, size=200).subjects
    mine = found[0]
    theirs = next(one for one in found if one.area[:6] != mine.area[:6])
    signed_in(client, Role.TOWNSHIP_CADRE, mine.area[:6])
    for method in (client.get, client.post):
        assert method(f"/documents/{PACK}/{REGISTER}/{theirs.id}/try/").status_code == 404
        assert method(f"/documents/{PACK}/{REGISTER}/{mine.id}/try/").status_code == 200
