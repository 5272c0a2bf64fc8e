"""Duties at their clause, area by area and row by row: what registers tell of them, within the reader's area."""

import re
from datetime import date

import pytest
from django.test import Client

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.desk.duties import find_duty
from luoshi.office.desk.margin import DutyEntry
from luoshi.office.desk.standing import Light, Standing
from luoshi.office.runs import library, queries
from luoshi.office.runs.models import Run
from luoshi.office.runs.queries import Fulfilled
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import FULFILMENTS
from tests.office.runs.city import CITY, ON, PACK, run_city
from tests.office.verified import let_in

HOME = f"/documents/{PACK}/"
COUNTY = "331102"
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over a small city, for all tests of this file."""
    return run_city(tmp_path_factory.mktemp("city") / "data")


@pytest.fixture(scope="module")
def dingxi() -> Pack:
    """A policy of which one document waits for localities to open it."""
    return load_pack("dingxi-2018", examples=False)


def _signed_in(client: Client, area: str, role: Role = Role.CITY_COORDINATOR) -> Client:
    user = open_account(f"chen-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2020, 1, 1), by="tester")
    return let_in(client, user)


def _page(client: Client, address: str, **query: str) -> str:
    answer = client.get(HOME + address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _numbers(html: str) -> list[int]:
    """The numbers of the last line of the table."""
    foot = html.split("<tfoot>")[1].split("</tfoot>")[0]
    return [int(number.replace(",", "")) for number in re.findall(r">([\d,]+)</a>", foot)]


def _told(run: Run) -> dict[str, Fulfilled]:
    """The duties of which some row tells that they were done, and some that they were not."""
    return {name: found for name, found in queries.duties_of(run, CITY).items() if found.done and found.not_done}


@pytest.mark.parametrize(
    ("told", "is_due", "state", "light"),
    [
        (None, True, None, Light.NONE),
        (Fulfilled(2, 0, 0), True, "done", Light.FINE),
        (Fulfilled(2, 0, 1), True, "unknown", Light.OPEN),
        (Fulfilled(2, 1, 1), False, "not_done", Light.OPEN),
        (Fulfilled(2, 1, 1), True, "not_done", Light.LATE),
    ],
)
def test_the_state_of_all_rows_together(told: Fulfilled | None, is_due: bool, state: str | None, light: Light) -> None:
    entry = DutyEntry("d", "t", "a", None, None, None, told, is_due)
    assert (entry.state, entry.light, entry.rows) == (state, light, sum(vars(told).values()) if told else 0)


def test_the_clause_tells_how_its_duties_stand(run: Run, client: Client) -> None:
    name, told = next(iter(_told(run).items()))
    html = _page(_signed_in(client, CITY), "1/")
    line = html.split(f'href="{HOME}duties/{name}/')[1].split("</li>")[0]
    assert "未完成" in line and f"{told.done} / {sum(vars(told).values())} 条完成" in line


def test_area_by_area_and_down_to_the_rows(run: Run, client: Client) -> None:
    _signed_in(client, CITY)
    for name, told in _told(run).items():
        assert _numbers(_page(client, f"duties/{name}/")) == [told.done, told.not_done, told.unknown]
        for area, below in queries.duty_by_area(run, name, CITY, 6).items():
            html = _page(client, f"duties/{name}/", area=area)
            assert _numbers(html) == [below.done, below.not_done, below.unknown]
        register = library.pack(PACK).duties[name].register
        for word in FULFILMENTS.values():
            listed = re.findall(rf'href="{HOME}{register}/(\w+)/', _page(client, f"duties/{name}/{word}/"))
            assert len(set(listed)) == min(getattr(told, word), 50)


def test_the_page_of_a_row_says_the_same_with_the_reason(run: Run, client: Client) -> None:
    name = next(iter(_told(run)))
    duty = library.pack(PACK).duties[name]
    row = re.findall(
        rf'href="{HOME}{duty.register}/(\w+)/', _page(_signed_in(client, CITY), f"duties/{name}/not_done/")
    )[0]
    card = _page(client, f"{duty.register}/{row}/").split("职责完成了没有")[1].split("</section>")[0]
    line = next(one for one in card.split("<li>") if duty.title.zh in one)
    assert "未完成" in line and "依据" in line


def test_pages_of_a_list_follow_each_other(run: Run, client: Client) -> None:
    _signed_in(client, CITY)
    most = max(queries.duties_of(run, CITY).items(), key=lambda item: max(vars(item[1]).values()))
    word = max(FULFILMENTS.values(), key=lambda word: getattr(most[1], word))
    register, seen, query = library.pack(PACK).duties[most[0]].register, list[str](), ""
    while True:
        html = _page(client, f"duties/{most[0]}/{word}/{query}")
        seen += re.findall(rf'href="{HOME}{register}/(\w+)/', html)
        following = re.search(r'href="(\?after=\w+)"', html)
        if following is None:
            break
        query = following[1]
    assert len(seen) == len(set(seen)) == getattr(most[1], word)


def test_nobody_reads_beyond_their_area(run: Run, client: Client) -> None:
    name = next(iter(_told(run)))
    _signed_in(client, COUNTY, Role.TOWNSHIP_CADRE)
    own = queries.duties_of(run, COUNTY).get(name, Fulfilled())
    assert _numbers(_page(client, f"duties/{name}/")) == [own.done, own.not_done, own.unknown]
    for address in (f"duties/{name}/", f"duties/{name}/done/"):
        assert client.get(HOME + address, {"area": "331121"}).status_code == 404


def test_what_is_not_there(run: Run, client: Client) -> None:
    _signed_in(client, CITY)
    name = next(iter(_told(run)))
    silent = next(duty.id for duty in library.pack(PACK).duties.values() if duty.done is None)
    assert "没有台账能说明它是否完成" in _page(client, f"duties/{silent}/")
    for address in (
        "duties/nothing/",
        f"duties/{name}/late/",
        f"duties/{silent}/done/",
        f"duties/{name}/done/?after=%20",
    ):
        assert client.get(HOME + address).status_code == 404, address


def test_days_without_figures(run: Run, client: Client) -> None:
    _signed_in(client, CITY)
    name = next(iter(_told(run)))
    assert "所以没有数字" in _page(client, f"duties/{name}/", on="2022-01-01")
    assert "所以没有数字" in _page(client, f"duties/{name}/done/", on="2022-01-01")


def test_a_document_that_waits_for_localities_is_no_contest(dingxi: Pack) -> None:
    below = [("621102", "安定区")], {"621102": Fulfilled(1, 1, 0)}
    standing = Standing("6211", ON, Settings(dingxi, ON), is_run=True)
    shown = {
        duty.clause.partition("/")[0]: find_duty(dingxi, duty.id, standing, below, "zh")
        for duty in dingxi.duties.values()
        if duty.done is not None
    }
    assert {number for number, view in shown.items() if view and view.is_closed} == {"8"}
    assert all(view and bool(view.rows) is not view.is_closed for view in shown.values())
