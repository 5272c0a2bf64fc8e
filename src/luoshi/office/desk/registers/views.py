"""The pages of the registers: which there are, lists, search."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import Reading, read, readable_packs, scope_of
from luoshi.office.desk.registers.columns import askings, defaults
from luoshi.office.desk.registers.exporting import DIRECTLY
from luoshi.office.desk.registers.listing import listed, matches
from luoshi.office.desk.registers.overview import overview
from luoshi.office.desk.registers.question import Question, read_question, written
from luoshi.office.desk.registers.saved_views import views_of
from luoshi.office.desk.registers.sealing import seal, unseal
from luoshi.office.desk.registers.searching import search_all
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.registry.filters import MEANT, Filter, Sort, WrongQuestion
from luoshi.office.registry.shape import RegisterTable, table_of

MOST_PICKED = 20


@dataclass(frozen=True)
class Opened:
    """A register that somebody has opened: for which area, with which names."""

    reading: Reading
    table: RegisterTable
    names: Names

    def question(self, given: QueryDict) -> Question:
        """What an address asks of it."""
        return read_question(self.table, given, defaults(self.table))


def open_register(request: HttpRequest, pack_id: str, register: str) -> Opened:
    """The register of a policy within what the person may see; anything else is not found."""
    reading = read(request, pack_id)
    if register not in reading.pack.registers:
        raise Http404
    table = table_of(reading.pack, register)
    return Opened(reading, table, Names(reading.pack, reading.root, reader_language()))


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """The registers of the first policy of the person's area; the page of the others is one step away."""
    packs = readable_packs(scope_of(request))
    if not packs:
        return render(request, "desk/registers/none.html")
    return redirect("registers-of", packs[0].policy.id)


@require_safe
def registers_of(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Every register of a policy, and how far each is kept in an area."""
    reading, lang = read(request, pack_id), reader_language()
    policies = [(pack.policy.id, pack.policy.title.say(lang)) for pack in readable_packs(scope_of(request))]
    groups = list(overview(reading.pack, reading.area.code, lang))
    facts = {"reading": reading, "groups": groups, "policies": policies}
    return render(request, "desk/registers/registers.html", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pack_id: str, register: str) -> HttpResponse:
    """A list. A form that asks leads to the address of what it asks."""
    opened = open_register(request, pack_id, register)
    if request.method == "POST":
        return redirect(f"{request.path}?{written(opened.table, request.POST)}")
    question, reading, lang = opened.question(request.GET), opened.reading, reader_language()
    try:
        found = listed(opened.names, reading.area.code, question)
    except WrongQuestion:
        raise BadRequest from None
    words = {"yes": _("是"), "no": _("否"), "unknown": _("未登记")}
    definition = reading.pack.registers[register]
    assert isinstance(request.user, User)
    facts = {
        "reading": reading, "register": register, "title": definition.title.say(lang), "question": question,
        "keeper": definition.keeper.say(lang) if definition.keeper else "", "list": found,
        "askings": list(askings(reading.pack, question, lang, words)), "areas": _areas(reading, question),
        "columns": [
            (name, column.title.say(lang), name in question.columns) for name, column in opened.table.columns.items()
        ],
        "views": views_of(request.user, pack_id, register), "directly": DIRECTLY, "query": question.query(),
        "may_unmask": may_open("export-unmasked", request.user.role),
    }  # fmt: skip
    return render(request, "desk/registers/register.html", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Rows of all registers that a name, pinyin or a number means."""
    if request.method == "POST":
        text = request.POST.get("q", "").strip()
        return redirect(f"{request.path}?q={seal(text)}" if text else request.path)
    text = unseal(request.GET["q"]) if request.GET.get("q") else ""
    groups = search_all(scope_of(request), text, reader_language()) if text else []
    return render(request, "desk/registers/search.html", {"text": text, "groups": groups})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, pack_id: str, register: str) -> HttpResponse:
    """The first rows that a text means, to choose one of them in a form: as options, or as JSON where it is asked for.

    The text may come in a form too, so that it stands in no address.
    """
    opened = open_register(request, pack_id, register)
    text = (request.POST.get("q") or request.GET.get("q") or "").strip()
    asked = (Filter("id", MEANT, text),) if text else ()
    question = Question(opened.table, "", asked, Sort(), (), ())
    found = matches(opened.names, question, opened.reading.root, MOST_PICKED) if text else {}
    if request.accepts("text/html"):
        return render(request, "desk/registers/pick.html", {"rows": found, "text": text, "register": register})
    rows = [{"id": row_id, "name": name, "area": place} for row_id, (name, place) in found.items()]
    return JsonResponse({"rows": rows})


def _areas(reading: Reading, question: Question) -> dict[str, list[tuple[str, str, str]]]:
    """The areas around and below, each with the address that asks the same there."""
    return {
        name: [(area.code, area.name, question.query(area=area.code)) for area in areas]
        for name, areas in (("path", reading.path), ("children", reading.children))
    }
