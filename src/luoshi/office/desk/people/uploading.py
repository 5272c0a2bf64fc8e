"""A list of accounts as a file: looked at line by line first, opened as a whole or not at all."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import astuple
from io import BytesIO
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.office.accounts.actions import Post
from luoshi.office.accounts.authority import Authority
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.listing import Check, Judged, Line, judge, open_lines
from luoshi.office.accounts.roles import Role
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import Tampered
from luoshi.office.desk.people.acts import by
from luoshi.office.desk.people.admitting import passwords
from luoshi.office.desk.people.forms import Day, ListForm
from luoshi.office.desk.people.lists import TITLES, NotRead, read_lines
from luoshi.office.desk.people.places import Places, names_of
from luoshi.office.desk.people.seeing import keeper_of
from luoshi.office.desk.people.wording import refusal_words

SALT = "luoshi.accounts.list"
HOURS = 3600
TEMPLATE_ROWS = 1000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accounts_upload(request: HttpRequest) -> HttpResponse:
    """The form for a list; what a list would do; then the first passwords of the accounts it has opened."""
    if "lines" in request.POST:
        return _open(request)
    today = timezone.localdate()
    form = ListForm(request.POST or None, request.FILES or None, initial={"start": today})
    facts: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            lines = read_lines(form.cleaned_data["file"], Places(keeper_of(request).scope))
            facts |= _preview(keeper_of(request), lines, form.cleaned_data["start"])
        except NotRead as problem:
            form.add_error("file", str(problem))
    return render(request, "desk/people/upload.html", facts)


@require_safe
def accounts_template(request: HttpRequest) -> FileResponse:
    """An empty list, with the roles that one may give."""
    content, keeper = BytesIO(), keeper_of(request)
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page, bold = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        page.set_column(0, len(TITLES) - 1, 18, text)
        for column, title in enumerate(TITLES.values()):
            page.write_string(0, column, str(title), bold)
        page.freeze_panes(1, 0)
        roles = [str(label) for value, label in Role.choices if value in keeper.roles]
        place = list(TITLES).index("role")
        page.data_validation(1, place, TEMPLATE_ROWS, place, {"validate": "list", "source": roles})
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=_("账号名单.xlsx"))


def _preview(keeper: Authority, lines: tuple[Line, ...], start: Any) -> dict[str, Any]:
    judged = judge(lines, _check(keeper))
    wrong = sum(one.problem is not None for one in judged)
    new = [one.line for one in judged if one.problem is None and not one.is_there]
    kept = [start.isoformat(), [astuple(line) for line in new]]
    return {
        "judged": [_shown(one) for one in judged],
        "places": names_of(line.area for line in lines),
        "wrong": wrong,
        "new": len(new),
        "start": start,
        "lines": _sealed(keeper, kept) if new and not wrong else "",
    }


def _open(request: HttpRequest) -> HttpResponse:
    """The accounts of a list that was shown to the same person a short while ago; held against everything again."""
    keeper = keeper_of(request)
    try:
        said, rows = _opened(keeper, request.POST["lines"])
    except (Tampered, ValueError, signing.BadSignature):
        messages.error(request, _("这份名单放得太久了，请重新上传。"))
        return redirect("accounts-upload")
    lines = tuple(Line(*row) for row in rows)
    judged = judge(lines, _check(keeper))
    if any(one.problem is not None for one in judged):
        messages.error(request, _("名单里有的账号现在不能开了，没有开任何账号。请重新上传。"))
        return redirect("accounts-upload")
    who = by(request)
    opened = open_lines(lines, Day().clean(said), by=who["by"], origin=who["origin"])
    if not opened:
        messages.info(request, _("名单里的账号都已经开过，没有重复开。"))
        return redirect("accounts")
    return passwords(request, [(one.username, one.display_name, one.password) for one in opened])


def _check(keeper: Authority) -> Check:
    """Refuses a post beyond what the keeper may give, or in a place that there is not; and an account of nobody."""
    places = Places(keeper.scope)

    def check(line: Line, post: Post) -> None:
        keeper.hold(post.role, places.code_of(post.area))
        if not line.id_number:
            raise AccountError("nobody is told who is behind the account", "no-id-number")

    return check


def _sealed(keeper: Authority, kept: list[Any]) -> str:
    """What a list would open, good for an hour, for whoever was shown it. Sealed: it has numbers of people."""
    signed = signing.dumps(kept, salt=f"{SALT}.{keeper.keeper}", compress=True)
    return b64encode(secrecy().close(signed, SALT)).decode()


def _opened(keeper: Authority, sealed: str) -> Any:
    signed = secrecy().open(b64decode(sealed, validate=True), SALT)
    return signing.loads(signed, salt=f"{SALT}.{keeper.keeper}", max_age=HOURS)


def _shown(one: Judged) -> dict[str, Any]:
    role = Role(one.line.role).label if one.line.role in Role.values else one.line.role
    return {
        "line": one.line,
        "role": role,
        "is_there": one.is_there,
        "problem": refusal_words(one.problem) if one.problem else "",
    }
