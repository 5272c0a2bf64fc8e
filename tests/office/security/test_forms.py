"""Every form of every route: only from a page of this site, by the method that the route takes, and no more fields."""

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from luoshi.office.accounts.models import Appointment, User
from luoshi.office.accounts.policy import ROUTES
from luoshi.office.accounts.roles import Role
from luoshi.office.audit.queries import events
from tests.office.desk.addresses import ARGUMENTS
from tests.office.desk.peopled import PASSWORD, opened, settle
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")
ELSEWHERE = "https://elsewhere.example"
CHANGES = ("POST", "PUT", "PATCH", "DELETE")


def address(route: str) -> str:
    return reverse(route, kwargs=dict(ARGUMENTS.get(route, {})))


def strict(user: User | None = None) -> Client:
    """A browser whose forms are checked as in earnest."""
    client = Client(enforce_csrf_checks=True)
    return let_in(client, user) if user is not None else client


def token_of(client: Client, page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page).content.decode())
    assert found is not None
    return found[1]


def test_a_form_without_the_token_of_the_site_reaches_nothing() -> None:
    client, before = strict(), len(events("", size=10))
    seen = {
        (route, method): client.generic(method, address(route)).status_code for route in ROUTES for method in CHANGES
    }
    assert {asked: status for asked, status in seen.items() if status != 403} == {}
    assert len(events("", size=10)) == before


def test_no_view_does_without_the_token() -> None:
    factory = RequestFactory()
    for route in ROUTES:
        view = get_resolver().resolve(factory.get(address(route)).path).func
        assert not getattr(view, "csrf_exempt", False), route


def test_a_token_that_comes_from_another_site_is_none() -> None:
    client = strict(opened("chen", Role.TOWNSHIP_CADRE, "621102"))
    given = {"csrfmiddlewaretoken": token_of(client, "/password/")}
    assert client.post("/sessions/end-others/", given, HTTP_ORIGIN=ELSEWHERE).status_code == 403
    assert client.post("/sessions/end-others/", given, HTTP_REFERER=f"{ELSEWHERE}/", secure=True).status_code == 403
    assert client.post("/sessions/end-others/", given, HTTP_ORIGIN="http://testserver").status_code == 302


def test_the_token_of_another_browser_is_none() -> None:
    one, other = opened("chen", Role.TOWNSHIP_CADRE, "621102"), opened("wang", Role.TOWNSHIP_CADRE, "621102")
    given = {"csrfmiddlewaretoken": token_of(strict(one), "/password/")}
    client = strict(other)
    client.get("/password/")
    assert client.post("/sessions/end-others/", given).status_code == 403


def test_signing_in_and_out_need_the_token_too() -> None:
    user = opened("chen", Role.TOWNSHIP_CADRE, "621102")
    client = strict()
    assert client.post("/sign-in/", {"username": user.username, "password": PASSWORD}).status_code == 403
    inside = strict(user)
    assert inside.post("/sign-out/").status_code == 403
    assert inside.get("/password/").status_code == 200
    assert inside.get("/sign-out/").status_code == 405


def test_methods_that_no_page_uses_reach_no_page() -> None:
    """With a good token: what is left is the view's own list of methods."""
    client = let_in(Client(), opened("chen", Role.CITY_COORDINATOR, "6211"))
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        for route in ("home", "accounts", "register-search", "reception", "log", "letters", "treasury", "cases"):
            assert client.generic(method, address(route)).status_code == 405, (method, route)


EXTRA: dict[str, str] = {
    "is_superuser": "1", "is_staff": "1", "is_active": "1", "has_first_password": "0", "pk": "1", "id": "1",
    "by": "system", "actor": "system", "decided_by": "system", "approved_by": "system", "state": "approved",
    "_area_code": "62", "_version": "1", "_changed_by": "system", "person_index": "1", "user": "1", "user_id": "1",
}  # fmt: skip


def test_more_fields_than_the_form_has_open_no_better_account() -> None:
    settle()
    opened("keeper", Role.CITY_COORDINATOR, "6211")
    client = let_in(Client(), User.objects.get(username="keeper"))
    form = {
        "username": "new", "display_name": "新人", "role": "township_cadre", "area": "621102", "department": "",
        "start": "2020-01-01", "until": "", "id_number": "990000199003070005",
    }  # fmt: skip
    assert client.post(reverse("account-open"), form | EXTRA | {"has_first_password": "False"}).status_code == 200
    made = User.objects.get(username="new")
    assert made.has_first_password and not getattr(made, "is_superuser", False)
    held = Appointment.objects.get(user=made)
    assert (held.role, held.area, held.stands_in_for) == (Role.TOWNSHIP_CADRE, "621102", None)


def test_more_fields_than_the_form_has_change_the_password_only() -> None:
    user = opened("chen", Role.TOWNSHIP_CADRE, "621102")
    client = let_in(Client(), user)
    before: dict[str, object] = dict(User.objects.values().get(pk=user.pk))
    given = {"old_password": PASSWORD, "new_password1": "another-sentence-8", "new_password2": "another-sentence-8"}
    assert client.post("/password/", given | EXTRA | {"username": "system", "display_name": "别人"}).status_code == 302
    after: dict[str, object] = dict(User.objects.values().get(pk=user.pk))
    assert {name for name in after if after[name] != before[name]} <= {"password", "last_login"}
    assert Appointment.objects.filter(user=user).count() == 1
