"""The public site: what everybody reads, who comes in, and that nobody sees what is another's."""

from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from luoshi.office.accounts.policy import ANYONE, ROUTES
from luoshi.office.accounts.public import APPLICANT, PUBLIC_ROUTES, may_visit
from luoshi.office.accounts.roles import Role
from luoshi.office.accounts.sessions import digest
from luoshi.office.applicants import links, proxies
from luoshi.office.applicants.models import Applicant, Link, Proxy
from luoshi.office.audit import queries as audit
from luoshi.office.casework.models import Case
from luoshi.office.portal.sessions import COOKIE
from tests.office.casework.walking import VILLAGES
from tests.office.desk.addresses import ARGUMENTS
from tests.office.desk.peopled import opened
from tests.office.portal.village import NAMES, NOW, NUMBERS, PACK, PHONES, come_in, last_code, settle, tie
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")  # each test is undone; the village stays for all

AREA = VILLAGES[PACK]
Ids = dict[tuple[str, str], int]
ROUTE_NAMES = sorted(PUBLIC_ROUTES)
OFFICIALS_ONLY = sorted(name for name, roles in ROUTES.items() if roles != ANYONE)


@pytest.fixture(scope="module", autouse=True)
def ids(apart_together: None) -> Ids:
    return settle()


def _address(route: str) -> str:
    return reverse(route, kwargs=_some(route))


def _routes_below_p() -> set[str]:
    found = get_resolver().reverse_dict
    return {name for name in found if isinstance(name, str) and reverse(name, kwargs=_some(name)).startswith("/p/")}


def _some(name: str) -> dict[str, Any]:
    return dict(ARGUMENTS.get(name, {}))


def test_every_route_below_p_is_stated_for_the_public_and_no_other() -> None:
    assert _routes_below_p() == set(PUBLIC_ROUTES)


@pytest.mark.parametrize("route", ROUTE_NAMES)
@pytest.mark.parametrize("visitor", [None, APPLICANT])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_opens_what_the_table_states(route: str, visitor: str | None, method: str) -> None:
    client = Client() if visitor is None else come_in(Client(), "a")
    answer = getattr(client, method)(_address(route))
    assert answer.status_code < 500
    assert answer.status_code != 403
    is_sent_away = answer.headers.get("Location") == reverse("portal-sign-in")
    if not may_visit(route, visitor):
        assert is_sent_away
    elif APPLICANT not in (visitor,) and None not in PUBLIC_ROUTES[route]:
        assert is_sent_away


def test_an_applicant_opens_no_page_of_the_desk() -> None:
    client = come_in(Client(), "a")
    key = client.cookies[COOKIE].value
    for cookies in ({COOKIE: key}, {"sessionid": key}, {COOKIE: key, "sessionid": key}):
        for route in OFFICIALS_ONLY:
            other = Client()
            for name, value in cookies.items():
                other.cookies[name] = value
            answer = other.get(_address(route))
            assert answer.status_code == 302, route
            assert answer.headers["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize("role", Role.values)
def test_an_official_is_no_applicant(role: str) -> None:
    area = "" if role == Role.SYSTEM_ADMINISTRATOR else AREA[:6]
    client = let_in(Client(), opened(f"one-{role}", role, area))
    session = client.cookies["sessionid"].value
    assert client.get("/p/mine/").headers["Location"] == reverse("portal-sign-in")
    other = Client()
    other.cookies[COOKIE] = session
    assert other.get("/p/mine/").headers["Location"] == reverse("portal-sign-in")
    other.post("/p/interview/begin/", {"pack": PACK, "register": "workshop"})
    stays = client.get(reverse("own-account") if role == Role.SYSTEM_ADMINISTRATOR else reverse("home"))
    assert "sign-in" not in stays.headers.get("Location", "")  # nothing was written over the official's session


def test_a_session_of_the_public_cannot_be_read_in_the_database() -> None:
    from django.contrib.sessions.models import Session  # only here

    client = Client()
    client.post("/p/sign-in/", {"phone": PHONES["a"]})
    kept = " ".join(Session.objects.values_list("session_data", flat=True))
    assert kept
    assert PHONES["a"] not in kept


def test_what_is_answered_does_not_tell_whether_a_phone_is_known() -> None:
    come_in(Client(), "a")
    answers = []
    for phone in (PHONES["a"], "13711112222", PHONES["a"]):  # known, unknown, and too soon
        client = Client()
        first = client.post("/p/sign-in/", {"phone": phone})
        page = client.post("/p/sign-in/code/", {"code": "000000"})
        shown = page.content.decode().replace(f"{phone[:3]}****{phone[-4:]}", "")
        answers.append((first.status_code, first.headers["Location"], page.status_code, _without_token(shown)))
    assert answers[0] == answers[1] == answers[2]


def _without_token(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_person_sees_their_own_rows_and_no_other(ids: Ids) -> None:
    mine, other = come_in(Client(), "a"), come_in(Client(), "b")
    tie("a", ids)
    tie("b", ids)
    for register in ("person", "household"):
        for name, client in (("a", mine), ("b", other)):
            for row in "ab":
                address = reverse("portal-subject", args=[PACK, register, ids[register, row]])
                answer = client.get(address)
                assert answer.status_code == (200 if row == name else 404)
                apply = reverse("portal-apply", args=[PACK, register, ids[register, row], "transfer-grant-claim"])
                assert client.get(apply).status_code == (200 if (row, register) == (name, "household") else 404)
    page = mine.get("/p/mine/").content.decode()
    assert NAMES["a"] in page
    assert NAMES["b"] not in page


def test_numbers_are_masked_also_for_oneself(ids: Ids) -> None:
    client = come_in(Client(), "a")
    tie("a", ids)
    page = client.get(reverse("portal-subject", args=[PACK, "person", ids["person", "a"]])).content.decode()
    assert NUMBERS["a"] not in page
    assert NAMES["a"] in page


def test_the_answer_to_who_one_is_is_the_same_for_any_number() -> None:
    client = come_in(Client(), "a")
    seen = []
    for number, name in ((NUMBERS["a"], NAMES["a"]), ("621102199901011111", "没有")):
        answer = client.post("/p/mine/link/", {"number": number, "name": name})
        seen.append((answer.status_code, answer.headers["Location"]))
    assert seen[0] == seen[1]
    page = client.get("/p/mine/").content.decode()
    assert page.count("等待核对") == 2


def test_an_application_is_made_once_followed_and_taken_back(ids: Ids) -> None:
    client, other = come_in(Client(), "a"), come_in(Client(), "b")
    tie("a", ids)
    tie("b", ids)
    address = reverse("portal-apply", args=[PACK, "household", ids["household", "a"], "transfer-grant-claim"])
    assert client.get(address).status_code == 200
    form = {"key": "k1", "measure": ["settlement-grant-registered"]}
    first, second = client.post(address, form), client.post(address, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1
    case = Case.objects.get()
    assert other.get(first.headers["Location"]).status_code == 404
    for _ in range(2):
        assert client.post(reverse("portal-case-submit", args=[case.number])).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.channel) == ("running", "portal")
    assert client.post(reverse("portal-case-message", args=[case.number]), {"text": "请尽快"}).status_code == 302
    for act in ("take-away", "submit", "message", "objection", "paper"):
        said = {"text": "x", "kind": "objection", "item": "x", "file": BytesIO(b"%PDF-1.7")}
        assert other.post(reverse(f"portal-case-{act}", args=[case.number]), said).status_code == 404, act
    assert other.post(reverse("portal-case-paper-back", args=[case.number, 1])).status_code == 404
    mine = Link.objects.get(row_id=ids["person", "a"])
    assert other.post(reverse("portal-link-end", args=[mine.pk])).status_code == 404
    assert Link.objects.get(pk=mine.pk).state == Link.State.CONFIRMED
    page = client.get(first.headers["Location"]).content.decode()
    assert "请尽快" in page
    assert "正在办" in page
    client.post(reverse("portal-case-take-away", args=[case.number]))
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert "已撤回" in client.get("/p/cases/").content.decode()


def test_what_cannot_be_kept_is_said_and_nothing_is_lost(ids: Ids) -> None:
    client = come_in(Client(), "a")
    tie("a", ids)
    address = reverse("portal-apply", args=[PACK, "household", ids["household", "a"], "transfer-grant-claim"])
    assert client.post(address, {"key": "k1"}).status_code == 422
    client.post(address, {"key": "k2", "measure": ["settlement-grant-registered"]})
    case = Case.objects.get()
    answer = client.post(reverse("portal-case-paper", args=[case.number]), {"item": ""})
    assert answer.status_code == 422
    assert (
        client.post(
            reverse("portal-case-objection", args=[case.number]), {"kind": "objection", "text": "不对"}
        ).status_code
        == 422
    )


def test_an_official_acts_for_somebody_until_either_side_ends_it(ids: Ids) -> None:
    user = opened("near", Role.TOWNSHIP_CADRE, AREA[:9])
    desk = let_in(Client(), user)
    form = {
        "number": NUMBERS["a"],
        "name": NAMES["a"],
        "phone": "",
        "reason": "没有手机",
        "until": timezone.localdate().isoformat(),
    }
    assert desk.post(reverse("applicant-open"), form).headers["Location"] == reverse("applicants")
    proxy = Proxy.objects.get()
    ticket = desk.post(reverse("applicant-proxy-begin", args=[proxy.id])).headers["Location"]
    assert Client().get(ticket).status_code == 200  # looking uses nothing up
    assert desk.post(ticket).headers["Location"] == "/p/mine/"
    assert Client().post(ticket).status_code == 404
    ends = Session.objects.get(session_key=digest(desk.cookies[COOKIE].value)).expire_date
    assert ends - timezone.now() <= settings.IDLE, "no longer than at their own desk"
    page = desk.get("/p/mine/").content.decode()
    assert user.display_name in page
    assert "正在代您本人办理" in page
    address = reverse("portal-apply", args=[PACK, "household", ids["household", "a"], "transfer-grant-claim"])
    desk.post(address, {"key": "k", "measure": ["settlement-grant-registered"]})
    assert (Case.objects.get().channel, Case.objects.get().opened_by) == ("proxy", user.username)
    desk.post(reverse("portal-proxy-end", args=[proxy.id]))
    assert desk.get("/p/mine/").headers["Location"] == reverse("portal-sign-in")
    assert "proxy.end" in {event.action for event in audit.events("")}


def test_nobody_acts_under_anothers_proxy_or_beyond_their_area(ids: Ids) -> None:
    user, colleague = opened("near", Role.TOWNSHIP_CADRE, AREA[:9]), opened("next", Role.TOWNSHIP_CADRE, AREA[:9])
    far = opened("far", Role.TOWNSHIP_CADRE, "621123101")
    applicant = Applicant.objects.create(opened_at=NOW, opened_by="near")
    today = timezone.localdate()
    proxy = proxies.open_proxy(applicant, user, area=AREA, reason="x", start=today, until=today)
    begin = reverse("applicant-proxy-begin", args=[proxy.id])
    assert let_in(Client(), colleague).post(begin).status_code == 403
    assert let_in(Client(), far).post(begin).status_code == 404
    assert let_in(Client(), far).post(reverse("applicant-proxy-end", args=[proxy.id])).status_code == 404
    form = {"number": NUMBERS["a"], "name": NAMES["a"], "reason": "x", "until": today.isoformat()}
    assert let_in(Client(), far).post(reverse("applicant-open"), form).status_code == 200  # nobody of that number there
    assert not links.list_confirmed(AREA)


def test_an_official_confirms_at_the_desk_what_was_asked_for(ids: Ids) -> None:
    client = come_in(Client(), "a")
    client.post("/p/mine/link/", {"number": NUMBERS["a"], "name": NAMES["a"]})
    number = links.list_asked(AREA)[0].id
    far = let_in(Client(), opened("far", Role.TOWNSHIP_CADRE, "621123101"))
    assert far.get(reverse("applicant-link", args=[number])).status_code == 404
    desk = let_in(Client(), opened("near", Role.TOWNSHIP_CADRE, AREA[:9]))
    assert NAMES["a"] in desk.get(reverse("applicants")).content.decode()
    page = desk.get(reverse("applicant-link", args=[number])).content.decode()
    assert NUMBERS["a"] not in page
    decide = reverse("applicant-link-decide", args=[number])
    assert desk.post(decide, {"accept": "0"}).headers["Location"] == reverse("applicant-link", args=[number])
    assert desk.post(decide, {"accept": "1"}).headers["Location"] == reverse("applicants")
    assert NAMES["a"] in client.get("/p/mine/").content.decode()


def test_a_demonstration_shows_its_messages_and_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.post("/p/sign-in/", {"phone": PHONES["a"]})
    assert client.get("/p/messages/").status_code == 404
    monkeypatch.setattr(settings, "DEMONSTRATION", True)
    assert last_code() in client.get("/p/messages/").content.decode()


def test_policies_are_found_by_their_words() -> None:
    client = Client()
    assert "稳定就业补助" in client.get("/p/").content.decode()
    assert "稳定就业补助" in client.get("/p/", {"q": "车间"}).content.decode()
    nothing = client.get("/p/", {"q": "没有这个词"}).content.decode()
    assert "没有找到" in nothing
    assert "稳定就业补助" not in nothing
    page = client.get(_address("portal-measure")).content.decode()
    assert "已认定且有效" in page
    assert client.get(_address("portal-clause")).status_code == 200
    assert client.get(reverse("portal-clause", args=[PACK, "9/9/9"])).status_code == 404
    assert COOKIE not in client.cookies  # nothing has to be remembered of who reads


def test_an_interview_goes_forth_and_back_and_is_forgotten() -> None:
    client = Client()
    question = reverse("portal-question")
    assert client.get(question).headers["Location"] == reverse("portal-interview")
    assert client.get(reverse("portal-interview")).status_code == 200
    assert client.post("/p/interview/begin/", {"pack": PACK, "register": "area"}).headers["Location"] == "/p/interview/"
    client.post("/p/interview/begin/", {"pack": PACK, "register": "guaranteed_loan", "area": AREA[:6]})
    first = _asked(client)
    assert client.post(question, {"key": first, "value": "nonsense"}).status_code == 422
    assert _asked(client) == first
    client.post(question, {"key": first, "unknown": "1"})
    second = _asked(client)
    assert second != first
    back = client.get(question, {"ask": first}).content.decode()
    assert f'value="{first}"' in back
    client.post(question, {"key": first, "value": "individual"})
    page = client.get(reverse("portal-outcomes")).content.decode()
    assert "您的回答" in page
    client.post("/p/interview/end/")
    assert client.get(question).headers["Location"] == reverse("portal-interview")


def _asked(client: Client) -> str:
    page = client.get(reverse("portal-question")).content.decode()
    return page.split('name="key" value="')[1].split('"')[0]


def test_an_interview_about_one_measure_decides_that_one() -> None:
    client = Client()
    client.post("/p/interview/begin/", {"pack": PACK, "measure": "free-stall"})
    page = client.get(reverse("portal-outcomes")).content.decode()
    assert page.count('aria-labelledby="m-') == 1
