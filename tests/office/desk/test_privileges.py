"""Every route × role × area: what the policy table states is what happens, and nothing is left unstated."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.policy import ANYONE, ROUTES, may_open
from luoshi.office.accounts.public import PUBLIC_ROUTES
from luoshi.office.accounts.roles import Role
from luoshi.office.registry.building import build
from luoshi.office.runs import actions, library
from tests.office.desk.addresses import ARGUMENTS, PACK
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")  # each test is undone; the ground stays for all

AREAS = {"6211": "city", "621102": "county", "621102103": "township", "621102103201": "village", "621123": "county"}
_AREA = "INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by) VALUES (%s, %s, %s, %s, %s, %s)"
METHODS = ("get", "post")


def _name(code: str) -> str:
    """A name that is no part of another's."""
    return f"样例〔{code}〕"


def _routes() -> list[str]:
    found = get_resolver().reverse_dict
    return sorted(name for name in found if isinstance(name, str))


COUNTY, NEIGHBOUR = "621102", "621123"
_SESSIONS: dict[tuple[str, str], dict[str, str]] = {}


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    build([library.pack(PACK)])
    actions.install(PACK, by="tester")
    with connection.cursor() as cursor:
        for code, level in AREAS.items():
            values = [code, _name(code), level]
            cursor.execute(_AREA, [*values, code, "test", "tester"])
    _SESSIONS.clear()
    posts = [(role, "" if role == Role.SYSTEM_ADMINISTRATOR else COUNTY) for role in Role.values]
    for role, area in {*posts, *((Role.TOWNSHIP_CADRE.value, code) for code in AREAS)}:
        user = open_account(f"{role}-{area}", "样例", "a-long-sentence-7", by="tester")
        appoint(user, Post(role, area), date(2018, 1, 1), by="tester")
        _SESSIONS[role, area] = {name: one.value for name, one in let_in(Client(), user).cookies.items()}


def test_every_route_is_stated() -> None:
    assert set(_routes()) == set(ROUTES)


def test_every_pattern_has_a_name() -> None:
    def unnamed(patterns: list[object]) -> list[str]:
        found = []
        for one in patterns:
            if isinstance(one, URLPattern):
                found += [] if one.name else [str(one.pattern)]
            else:
                found += unnamed(one.url_patterns)  # type: ignore[attr-defined] # a resolver of more patterns
        return found

    assert unnamed(get_resolver().url_patterns) == []


def _signed_in(role: str | None, area: str) -> Client:
    """The browser of somebody who signed in before all tests of this file."""
    client = Client()
    if role is not None:
        client.cookies.load(_SESSIONS[role, area])
    return client


@contextmanager
def _undone() -> Iterator[None]:
    """What is done within is undone, so that the next who asks finds what the last one found."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _is_as_stated(route: str, role: str | None, answer: HttpResponse) -> bool:
    """Whether somebody of a role, or nobody yet, was let in or sent away as the table states."""
    asked_who = "sign-in" in answer.headers.get("Location", "")
    if may_open(route, role):
        return answer.status_code != 403 and (not asked_who or ROUTES[route] == ANYONE)
    return answer.status_code == 302 and asked_who if role is None else answer.status_code == 403


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_each_role_opens_what_the_table_states(route: str) -> None:
    address, otherwise = reverse(route, kwargs=ARGUMENTS.get(route)), []
    for role in (None, *Role.values):
        with _undone():
            client = _signed_in(role, "" if role == Role.SYSTEM_ADMINISTRATOR else COUNTY)
            for method in METHODS:
                answer = getattr(client, method)(address)
                if not _is_as_stated(route, role, answer):
                    otherwise.append((role, method, answer.status_code, answer.headers.get("Location")))
    assert otherwise == []


SHOWS_AREAS = ("document", "measure", "charts", "document-charts", "subjects", "parameters-of", "parameter")


@pytest.mark.parametrize("route", SHOWS_AREAS)
@pytest.mark.parametrize("scope", sorted(AREAS))
@pytest.mark.parametrize("asked", sorted(AREAS))
def test_nobody_sees_beyond_their_area(route: str, scope: str, asked: str) -> None:
    client = _signed_in(Role.TOWNSHIP_CADRE, scope)
    answer = client.get(reverse(route, kwargs=ARGUMENTS[route]), {"area": asked})
    assert answer.status_code == (200 if asked.startswith(scope) else 404)
    shown = answer.content.decode()
    assert [code for code in AREAS if _name(code) in shown and not code.startswith(scope)] == []


def _said(answer: HttpResponse) -> str:
    """Everything that an answer says: a page, or each part of a workbook or paper."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined] # of files
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


OPEN = (route for route in ROUTES if may_open(route, Role.TOWNSHIP_CADRE))
OPEN_TO_CADRES = sorted(set(OPEN) - set(PUBLIC_ROUTES))  # what everybody reads is no area's own


@pytest.mark.parametrize("route", OPEN_TO_CADRES)
@pytest.mark.parametrize("asked", [{}, {"area": COUNTY}, {"q": _name(COUNTY)}, {"area": NEIGHBOUR, "q": COUNTY}])
def test_no_page_or_file_tells_of_the_neighbour(route: str, asked: dict[str, str]) -> None:
    client = _signed_in(Role.TOWNSHIP_CADRE, NEIGHBOUR)
    answer = client.get(reverse(route, kwargs=ARGUMENTS.get(route)), asked)
    assert answer.status_code < 500
    beyond = [code for code in AREAS if not code.startswith(NEIGHBOUR) and code != NEIGHBOUR[:4]]
    assert [code for code in beyond if _name(code) in _said(answer).replace(asked.get("q", "-"), "")] == []


@pytest.mark.parametrize("scope", sorted(AREAS))
@pytest.mark.parametrize("asked", sorted(AREAS))
def test_nobody_opens_a_subject_beyond_their_area(scope: str, asked: str) -> None:
    client = _signed_in(Role.TOWNSHIP_CADRE, scope)
    answer = client.get(reverse("subject", kwargs=ARGUMENTS["subject"] | {"row_id": asked}))
    assert answer.status_code == (200 if asked.startswith(scope) else 404)
    assert _name(asked) not in answer.content.decode() or asked.startswith(scope)


@pytest.mark.parametrize("area", ["", "62", "33", "6", "%", "6211%", "621102' OR 1=1 --"])
def test_an_area_that_is_none_is_not_found(area: str) -> None:
    client = _signed_in(Role.TOWNSHIP_CADRE, "621102")
    answer = client.get(reverse("document", kwargs=ARGUMENTS["document"]), {"area": area})
    assert answer.status_code == (200 if area == "" else 404)


def test_a_term_that_has_ended_opens_nothing() -> None:
    user = open_account("former", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(Role.AUDITOR, "6211"), date(2018, 1, 1), date(2018, 12, 31), by="tester")
    client = let_in(Client(), user)
    assert client.get(reverse("document", kwargs=ARGUMENTS["document"])).status_code == 403
