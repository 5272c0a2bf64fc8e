"""Papers to take away: as PDF or as a Word file. Each one that is made stands in the event log."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from luoshi.office.audit import actions as audit
from luoshi.office.desk.breakdown import find_breakdown
from luoshi.office.desk.deciding import find_decided
from luoshi.office.desk.document import find_document
from luoshi.office.desk.keeping import find_kept
from luoshi.office.desk.naming import Names
from luoshi.office.desk.origin import address_of
from luoshi.office.desk.printing.paper import Paper
from luoshi.office.desk.printing.reports import document_paper, measure_paper, subject_paper
from luoshi.office.desk.printing.setting import as_pdf
from luoshi.office.desk.printing.word import as_word
from luoshi.office.desk.reading import Reading, read
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.runs import actions, queries

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: Mapping[str, tuple[str, str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", "pdf", as_pdf),
    "word": (WORD, "docx", as_word),
}
"""What a paper can be taken away as: the type of the file, its ending, who makes it."""


@never_cache
@require_GET
def document(request: HttpRequest, form: str, pack_id: str, number: str) -> HttpResponse:
    """A document clause by clause, as it stands in an area on a day."""
    reading, lang = read(request, pack_id), reader_language()
    shown = find_document(reading.pack, number, reading.standing(), lang)
    if shown is None:
        raise Http404
    return _file(request, form, reading, document_paper(shown, reading, lang), f"document:{pack_id}/{number}")


@never_cache
@require_GET
def measure(request: HttpRequest, form: str, pack_id: str, measure_id: str) -> HttpResponse:
    """A measure area by area."""
    reading, lang = read(request, pack_id), reader_language()
    digits = len(reading.children[0].code) if reading.children else 0
    figures = (
        queries.figures_by_area(reading.run, measure_id, reading.area.code, digits) if reading.run and digits else {}
    )
    names = [(child.code, child.name) for child in reading.children]
    shown = find_breakdown(reading.pack, measure_id, reading.standing(), (names, figures), lang)
    if shown is None:
        raise Http404
    return _file(request, form, reading, measure_paper(shown, reading, lang), f"measure:{pack_id}/{measure_id}")


@never_cache
@require_GET
def subject(request: HttpRequest, form: str, pack_id: str, register: str, row_id: str) -> HttpResponse:
    """What is decided about one subject, with the reasons; what is sealed stays masked."""
    reading, lang = read(request, pack_id), reader_language()
    kept = find_kept(Names(reading.pack, reading.root, lang), register, row_id)
    if kept is None:
        raise Http404
    pack = actions.adopted(reading.pack, queries.adoption_of(pack_id))
    decided = find_decided(pack, reading.on, (register, kept.row.id), lang)
    paper = subject_paper(kept, decided, reading, lang)
    return _file(request, form, reading, paper, f"{register}:{kept.row.id}")


def _file(request: HttpRequest, form: str, reading: Reading, paper: Paper, subject: str) -> HttpResponse:
    """The file, after its making has been recorded."""
    if form not in FORMS:
        raise Http404
    kind, ending, made = FORMS[form]
    content = made(paper)
    audit.record(
        "document.print",
        actor=request.user.get_username(),
        subject=subject,
        area=reading.area.code,
        origin=address_of(request),
        details={"form": form, "on": str(reading.on), "run": reading.run.id if reading.run else None},
    )
    named = content_disposition_header(True, f"{paper.title}.{ending}")
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": str(named)})
