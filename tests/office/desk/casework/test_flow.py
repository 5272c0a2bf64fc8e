"""A claim in a real browser: taken in on a phone in a village, checked and decided at the county's desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Locator, Page

from tests.office.browsing import Seen, browsing, opened, serving
from tests.office.desk.casework import place
from tests.office.desk.casework.place import MEASURE, PACK, PROCEDURE, REGISTER, sitting

pytestmark = [pytest.mark.usefixtures("apart_together"), pytest.mark.slow]
PHONE, DESKTOP = (390, 844), (1440, 960)
PEOPLE = ("village", "finance", "finance-2", "auditor")


@pytest.fixture(scope="module")
def ground(apart_together: None) -> tuple[int, dict[str, str]]:
    place.settle()
    row = place.loans()[0]
    sessions = {name: sitting(name).cookies["sessionid"].value for name in PEOPLE}
    connection.close()
    return row, sessions


@pytest.fixture(scope="module")
def site(ground: tuple[int, dict[str, str]]) -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    with browsing() as found:
        yield found


def test_a_claim_is_taken_in_on_a_phone_and_decided_at_a_desk(
    ground: tuple[int, dict[str, str]], site: str, browser: Browser, tmp_path: Path
) -> None:
    row, sessions = ground
    with opened(browser, site, sessions["village"], PHONE) as seen:
        address = take_in(seen, site, row, tmp_path)
    with opened(browser, site, sessions["finance"], DESKTOP) as seen:
        check(seen, site, address, tmp_path)
    with opened(browser, site, sessions["finance-2"], PHONE) as seen:
        decide(seen, site, address, tmp_path)
    with opened(browser, site, sessions["auditor"], DESKTOP) as seen:
        look(seen, site, address, tmp_path)


def take_in(seen: Seen, site: str, row: int, pictures: Path) -> str:
    """The application is handed in at a village's desk; the address of the case."""
    page = seen.page
    page.goto(f"{site}/cases/new/")
    well_made(seen, pictures / "new.png")
    page.goto(f"{site}/cases/new/{PACK}/{PROCEDURE}/{REGISTER}/{row}/?measure={MEASURE}")
    assert page.locator(f"input[value='{MEASURE}~{row}']").is_checked()
    well_made(seen, pictures / "claim.png")
    press(page, page.get_by_role("button", name="下一步"))
    well_made(seen, pictures / "draft.png")
    press(page, page.get_by_role("button", name="提交申请"))
    assert "办理中" in page.content()
    well_made(seen, pictures / "filed.png")
    return page.url


def check(seen: Seen, site: str, address: str, pictures: Path) -> None:
    """The papers are seen, and the case is in order."""
    page = seen.page
    page.goto(f"{site}/cases/")
    well_made(seen, pictures / "queue.png")
    press(page, page.locator(".waiting a").first)
    assert page.url == address
    see_all(page)
    well_made(seen, pictures / "check.png")
    page.get_by_label("核对无误").check()
    press(page, page.get_by_role("button", name="提交", exact=True))
    assert "核对无误" in page.locator(".messages").inner_text()


def decide(seen: Seen, site: str, address: str, pictures: Path) -> None:
    """It is granted as it is recommended, which the form proposes."""
    page = seen.page
    page.goto(f"{site}/cases/")
    well_made(seen, pictures / "queue-phone.png")
    page.goto(address)
    see_all(page)
    page.get_by_label("付给谁").fill(place.PAYEE)
    well_made(seen, pictures / "decide-phone.png")
    press(page, page.get_by_role("button", name="提交", exact=True))
    assert "批准" in page.locator(".messages").inner_text()


def look(seen: Seen, site: str, address: str, pictures: Path) -> None:
    """An auditor reads everything and is offered nothing to do."""
    page = seen.page
    page.goto(address)
    assert page.locator(".aside form").count() == 0
    page.locator("summary", has_text="决定时依据的资料和条件").click()
    well_made(seen, pictures / "granted.png")
    for name in ("cases/all", "certificates"):
        page.goto(f"{site}/{name}/")
        well_made(seen, pictures / f"{name.replace('/', '-')}.png")


def see_all(page: Page) -> None:
    """Everything that is asked for was seen in the original."""
    while page.get_by_role("button", name="看过原件").count():
        press(page, page.get_by_role("button", name="看过原件").first)


def press(page: Page, what: Locator) -> None:
    """The page that follows is there."""
    with page.expect_navigation():
        what.click()


def well_made(seen: Seen, picture: Path) -> None:
    """Nothing is wider than the window, keeps anybody out, or is complained of."""
    assert not seen.is_too_wide()
    assert seen.barriers() == []
    assert seen.complaints == []
    seen.page.screenshot(path=picture, full_page=True)
