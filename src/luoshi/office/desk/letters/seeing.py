"""Letters and templates within what somebody sees; anything else is not found."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open
from luoshi.office.accounts.roles import Scope
from luoshi.office.desk.reading import scope_of
from luoshi.office.letters import queries
from luoshi.office.letters.actions import TYPES, File, Form
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Letter, Template


def get_kind(name: str) -> Kind:
    """The kind of a name in an address."""
    if name not in Kind.values:
        raise Http404
    return Kind(name)


def get_form(name: str) -> Form:
    """The form of a file, as an address names it."""
    if name not in TYPES:
        raise Http404
    return name


def get_template(number: int, scope: Scope) -> Template:
    """A template of one's area, of an area below, or of one around, which may hold here."""
    found = queries.find_template_by_id(number)
    if found is None or not (scope.covers(found.area) or scope.area.startswith(found.area)):
        raise Http404
    return found


def get_letter(number: int, request: HttpRequest) -> Letter:
    """An issued letter of one's area."""
    found = queries.find_letter(number, scope_of(request))
    if found is None:
        raise Http404
    return found


def may(request: HttpRequest, route: str) -> bool:
    """Whether whoever asks may open a route."""
    return isinstance(request.user, User) and may_open(route, request.user.role)


def department_of(request: HttpRequest) -> str:
    """The department of whoever asks; empty is the government itself."""
    found = request.user.appointment if isinstance(request.user, User) else None
    return found.department if found else ""


def handed_out(file: File) -> HttpResponse:
    """A file, to be saved."""
    named = content_disposition_header(True, file.name)
    headers = {"Content-Disposition": str(named), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)


def as_word(name: str, content: bytes) -> HttpResponse:
    """A Word file, to be saved."""
    return handed_out(File(f"{name}.docx", TYPES["word"][0], content))
