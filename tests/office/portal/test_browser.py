"""The public site on a phone, in a real browser: an interview to its end, coming in, and being known."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser

from tests.office.browsing import browsing, opened, serving
from tests.office.portal.village import NAMES, PHONES, account, settle

PHONE, DESK = (390, 844), (1440, 960)
MOST_QUESTIONS = 40


@pytest.fixture(scope="module")
def known(apart_together: None) -> Iterator[str]:
    """Somebody who is tied to their row; in a demonstration, where codes stand on a page."""
    account("a", settle())
    was, settings.DEMONSTRATION = settings.DEMONSTRATION, True
    yield NAMES["a"]
    settings.DEMONSTRATION = was


@pytest.fixture(scope="module")
def address(known: str) -> Iterator[str]:
    connection.close()
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_an_interview_goes_to_its_end(browser: Browser, address: str, size: tuple[int, int]) -> None:
    with opened(browser, address, None, size) as seen:
        page = seen.page
        page.goto(f"{address}/p/")
        assert seen.barriers() == []
        page.click("a.button.big")
        assert seen.barriers() == []
        page.check("input[name=register][value=guaranteed_loan]")
        page.click("form.card button.big")
        asked = 0
        while "question" in page.url and asked < MOST_QUESTIONS:
            if not asked:
                assert seen.barriers() == []
                assert not seen.is_too_wide()
            choice = page.query_selector("input[type=radio][name=value]")
            if choice is not None:
                choice.check()
                page.click("button.big")
            else:
                page.click("button[name=unknown]")
            asked += 1
        assert page.url.endswith("/p/interview/outcomes/")
        assert seen.barriers() == []
        assert not seen.is_too_wide()
        assert seen.complaints == []
        page.go_back()
        page.goto(f"{address}/p/interview/question/?ask=kind")
        page.click("button[name=unknown]")
        assert "outcomes" in page.url or "question" in page.url


def test_somebody_comes_in_with_a_code_and_sees_what_is_theirs(browser: Browser, address: str, known: str) -> None:
    with opened(browser, address, None, PHONE) as seen:
        page = seen.page
        page.goto(f"{address}/p/sign-in/")
        assert seen.barriers() == []
        page.fill("#phone", PHONES["a"])
        page.click("button.big")
        with opened(browser, address, None, PHONE) as other:
            other.page.goto(f"{address}/p/messages/")
            code = "".join(
                sign for sign in other.page.inner_text("main li >> nth=0").split("验证码")[1][:8] if sign.isdigit()
            )
        page.fill("#code", code)
        page.click("button.big")
        assert page.url.endswith("/p/mine/")
        assert known in page.inner_text("main")
        assert seen.barriers() == []
        assert not seen.is_too_wide()
        page.click("main ul.plain-list a >> nth=0")
        assert seen.barriers() == []
        assert not seen.is_too_wide()
        assert seen.complaints == []
