"""Charts: what is drawn from which figures, for which area, and that a real browser draws it under our policy."""

import re
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.desk.charts import drawing, targets
from luoshi.office.desk.charts.chart import MOST_BARS, Row, ranked
from luoshi.office.desk.charts.choosing import compared, measures_of
from luoshi.office.desk.margin import TargetEntry
from luoshi.office.runs import library, local
from luoshi.office.runs.models import Run, TargetState
from luoshi.office.runs.queries import Figures, States
from luoshi.office.runs.reached import reached
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.outcomes import State
from tests.office.browsing import is_too_wide
from tests.office.runs.city import PACK, run_city
from tests.office.verified import let_in

CITY, COUNTY, OTHER = "3311", "331102", "331121"
ON = date(2023, 12, 31)
PAGE = f"/charts/{PACK}/"
NAMES = [("1", "甲县"), ("2", "乙县"), ("3", "丙县")]


def _figures(eligible: int, undetermined: int = 0, amount: str = "0") -> Figures:
    return Figures(eligible, undetermined, 0, Decimal(amount))


def _target(title: str, percent: str | None, direction: str = "at-least", states: States | None = None) -> TargetEntry:
    share = Decimal(percent) if percent is not None else None
    return TargetEntry(title, title, direction, "1", None, None, None, states, True, "", share)


# --- What is drawn ---------------------------------------------------------------------------------------------------


def test_the_largest_area_stands_first_and_empty_ones_are_left_out() -> None:
    chart = drawing.cases(NAMES, {"1": _figures(1, 1), "2": _figures(6), "3": _figures(0)}, "")
    assert chart is not None
    assert [row.name for row in chart.rows] == ["乙县", "甲县"]
    assert chart.finding == "乙县最多，6 件，占 75%。"
    assert chart.rows[0].query == "?area=2"


def test_nothing_to_draw_is_no_chart() -> None:
    assert drawing.cases(NAMES, {"1": _figures(0)}, "") is None
    assert drawing.money(NAMES, {"1": _figures(3)}, "", "zh") is None
    assert drawing.missing({}) is None
    assert drawing.funds({}, {}, "zh") is None
    assert targets.progress([_target("a", None)]) is None
    assert targets.states([("a", [_target("a", None)])]) is None


def test_more_bars_than_can_be_read_are_counted() -> None:
    rows, rest = ranked(Row(str(number), (number,)) for number in range(1, MOST_BARS + 4))
    assert len(rows) == MOST_BARS and rest == 3


@pytest.mark.parametrize(("lang", "unit", "value"), [("zh", "万元", "4.35"), ("en", "yuan", "43500.00")])
def test_money_is_drawn_in_one_unit(lang: str, unit: str, value: str) -> None:
    chart = drawing.money(NAMES, {"1": _figures(1, 0, "43500"), "2": _figures(1, 0, "10")}, "", lang)
    assert chart is not None
    assert (chart.unit, chart.rows[0].cells[0][0]) == (unit, value)


def test_funds_that_may_each_pay_stand_together() -> None:
    titles = {"a": "市级资金", "b": "县级资金", "c": "社会资金"}
    chart = drawing.funds({"a|b|c": _figures(1, 0, "30"), "a|b": _figures(1, 0, "20"), "": _figures(1)}, titles, "zh")
    assert chart is not None
    assert [row.name for row in chart.rows] == ["市级资金等 3 项", "市级资金、县级资金"]


def test_one_day_is_no_development() -> None:
    days = {date(2020, 1, 1): _figures(1), date(2021, 1, 1): _figures(5)}
    chart = drawing.development(days)
    assert chart is not None and "从 1 件变为 5 件" in chart.finding
    assert drawing.development({ON: _figures(1)}) is None


def test_almost_is_not_wholly_reached() -> None:
    entries = [_target("甲", "99.9"), _target("乙", "120"), _target("丙", "10", "at-most")]
    chart = targets.progress(entries)
    assert chart is not None
    assert [(row.name, row.values[0]) for row in chart.rows] == [("甲", 99), ("乙", 120)]
    assert chart.finding.startswith("2 项目标中 1 项没有达到")


def test_states_are_counted_by_part() -> None:
    chart = targets.states([("第一件", [_target("a", None, states=States(2, 1, 0)), _target("b", None)])])
    assert chart is not None
    assert chart.rows[0].values == (2, 1, 0)


def test_what_a_locality_must_open_first_is_never_compared() -> None:
    """Labour transfer waits for an opening of each locality; it has no contest of numbers between areas."""
    pack = load_pack("dingxi-2018", examples=False)
    assert measures_of(pack, "8") and not compared(pack, "8")
    assert {item.id for item in compared(pack, None)}.isdisjoint(item.id for item in measures_of(pack, "8"))
    assert compared(pack, "7") == measures_of(pack, "7")


# --- The pages -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over a small city, for all tests of this file."""
    return run_city(tmp_path_factory.mktemp("city") / "data")


def _user(area: str, name: str = "") -> User:
    user = open_account(name or f"chen-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(Role.CITY_COORDINATOR, area), date(2020, 1, 1), by="tester")
    return user


def _page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_each_chart_stands_above_the_table_it_is_drawn_from(run: Run, client: Client) -> None:
    html = _page(let_in(client, _user(CITY)), PAGE)
    figures = html.split("<figure")[1:]
    assert len(figures) >= 4
    for figure in figures:
        assert "<table>" in figure and "data-value=" in figure
        assert re.search(r'role="img" aria-label="[^"]+。', figure)


def test_a_county_is_not_shown_its_neighbour(run: Run, client: Client) -> None:
    let_in(client, _user(COUNTY))
    assert f"area={OTHER}" not in _page(client, PAGE)
    assert client.get(PAGE, {"area": OTHER}).status_code == 404
    assert client.get(PAGE, {"area": CITY}).status_code == 404


def test_a_day_without_a_run_has_no_charts(run: Run, client: Client) -> None:
    html = _page(let_in(client, _user(CITY)), PAGE, on="2021-01-01")
    assert "<figure" not in html and "还没有算过" in html


def test_there_are_no_charts_of_a_document_that_is_none(run: Run, client: Client) -> None:
    let_in(client, _user(CITY))
    assert client.get(f"{PAGE}1/").status_code == 200
    assert client.get(f"{PAGE}99/").status_code == 404
    assert client.get("/charts/nothing/").status_code == 404


def test_a_measure_has_its_own_charts(run: Run, client: Client) -> None:
    html = _page(let_in(client, _user(CITY)), f"/documents/{PACK}/measures/new-worker-award/")
    assert 'id="chart-cases"' in html


@pytest.mark.usefixtures("database")
def test_the_number_reached_agrees_with_the_state(run: Run) -> None:
    pack = library.pack(PACK, ON)
    found = reached(run, pack, local.settings_of(pack, ON), CITY)
    compared_pairs = 0
    for state in TargetState.objects.filter(run=run):
        one = found.get(state.target, {}).get(state.area)
        if one is None or one.value is None or one.threshold is None:
            continue
        assert pack.targets[state.target].direction == "at-least"
        assert (one.value >= one.threshold) is (State(state.state) is State.MET)
        compared_pairs += 1
    assert compared_pairs > 3


@pytest.mark.usefixtures("database")
def test_the_number_reached_stands_beside_the_state(run: Run, client: Client) -> None:
    assert "已达到" in _page(let_in(client, _user(CITY)), f"/documents/{PACK}/1/")


# --- A real browser --------------------------------------------------------------------------------------------------


class _Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Requests are not told."""


@pytest.fixture
def address(run: Run) -> Iterator[str]:
    """The service, answering in a thread of its own."""
    server: WSGIServer = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Silent)
    thread = threading.Thread(target=_serve, args=(server,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _serve(server: WSGIServer) -> None:
    server.serve_forever(0.05)
    connection.close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.slow
def test_a_browser_draws_without_a_complaint(address: str, width: int) -> None:
    client = let_in(Client(), _user(CITY, f"browser-{width}"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    complaints: list[str] = []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--disable-gpu"])
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([cookie])  # type: ignore[list-item] # a plain dictionary is what it takes
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + PAGE)
        _look(page)
        browser.close()
    assert complaints == []


def _look(page: Page) -> None:
    """Drawings stand where tables stood; tables come back; each can be taken away."""
    page.wait_for_selector(".drawing canvas")
    figure = page.locator("figure.chart").first
    assert page.locator(".drawing canvas").count() == page.locator("figure.chart").count()
    assert not figure.locator("table").is_visible()
    assert not is_too_wide(page)
    figure.get_by_role("button", name="看表").click()
    assert figure.locator("table").is_visible() and not figure.locator("canvas").is_visible()
    figure.get_by_role("button", name="看图").click()
    for kind, begins in (("CSV", b"\xef\xbb\xbf"), ("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with page.expect_download() as taken:
            figure.get_by_role("button", name=kind).click()
        assert taken.value.path().read_bytes().startswith(begins)
        assert taken.value.suggested_filename.endswith(kind.lower())
