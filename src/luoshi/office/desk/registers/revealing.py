"""One covered value in full: after a reason, for one answer, and with an entry in the event log."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luoshi.office.accounts.models import User
from luoshi.office.audit.actions import record
from luoshi.office.desk.keeping import row_id_of
from luoshi.office.desk.origin import address_of
from luoshi.office.desk.registers.views import open_register
from luoshi.office.registry import queries

SHORTEST, LONGEST = 4, 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, pack_id: str, register: str, row_id: str, column: str) -> HttpResponse:
    """Asks for the reason; shows the value once it is given, on this page only."""
    opened, number = open_register(request, pack_id, register), row_id_of(register, row_id)
    asked = opened.table.columns.get(column)
    row = queries.row(opened.table, opened.reading.root, number) if number is not None else None
    if asked is None or not asked.encrypted or row is None or row.cells[column] is None:
        raise Http404
    facts = {
        "reading": opened.reading, "register": register, "row": row, "title": asked.title.say(opened.names.lang),
        "name": opened.names.of_rows(opened.table, [row])[row.id], "masked": row.cells[column], "complaint": "",
    }  # fmt: skip
    reason = " ".join(request.POST.get("reason", "").split())[:LONGEST]
    if request.method == "POST" and len(reason) < SHORTEST:
        facts["complaint"] = _("请写明原因，至少四个字。")
    elif request.method == "POST":
        assert isinstance(request.user, User)
        value = queries.opened(opened.table, opened.reading.root, row.id, column)
        record(
            "value.reveal", actor=request.user.username, subject=f"{opened.table.name}:{row.id}",
            area=row.area_code or opened.reading.root, basis=reason, origin=address_of(request),
            details={"column": column},
        )  # fmt: skip
        facts |= {"value": value, "reason": reason}
    answer = render(request, "desk/registers/reveal.html", facts)
    answer["Cache-Control"] = "no-store, private"
    return answer
