"""What the main pages ask the database: a small, fixed number of questions, however many rows and areas there are."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.office.accounts.roles import Role
from tests.office.runs.city import PACK, with_run
from tests.office.worklists.place import CITY, followed_city, signed_in

pytestmark = pytest.mark.usefixtures("apart_together")
TOWNSHIP = "331121101"
FEWER = 8
"""How many questions a page with few rows saves: those about registers that none of its rows refers to."""
MEASURE = f"/documents/{PACK}/measures/stand-support/"
WORK = f"/worklists/{PACK}"

MOST: Mapping[str, int] = {
    f"/documents/{PACK}/1/": 19,
    MEASURE: 22,
    f"{MEASURE}eligible/": 20,
    f"{MEASURE}undetermined/": 21,
    f"/documents/{PACK}/person/20/": 28,
    f"/charts/{PACK}/": 27,
    f"/registers/{PACK}/": 18,
    f"/registers/{PACK}/household/": 17,
    f"/registers/{PACK}/person/": 18,
    "/registers/search/": 6,
    f"/doubles/{PACK}/": 21,
    f"/conflicts/{PACK}/": 15,
    "/imports/": 9,
    "/worklists/": 18,
    f"{WORK}/entitled/": 17,
    f"{WORK}/entitled/stand-support/": 22,
    f"{WORK}/missing/": 16,
    f"{WORK}/findings/": 29,
    f"/parameters/{PACK}/": 18,
    "/runs/": 11,
    "/runs/{run}/": 9,
    "/library/": 11,
    f"/library/{PACK}/1/": 13,
}


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    followed_city(tmp_path_factory.mktemp("city") / "data")


def _asked(client: Client, address: str) -> int:
    """How many questions a page asks once the process has warmed up."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.fixture
def coordinator(database: None) -> Client:
    """The browser of somebody who sees the whole city."""
    return signed_in(Client(), Role.CITY_COORDINATOR, CITY)


@pytest.mark.parametrize("address", MOST)
def test_a_page_asks_little_and_no_more_for_many(coordinator: Client, address: str) -> None:
    page = with_run(address)
    whole, little = _asked(coordinator, page), _asked(coordinator, f"{page}?area={TOWNSHIP}")
    assert whole <= MOST[address]
    assert whole <= little + FEWER
