"""The forms by which a value is set or ended: what is sent becomes a draft, which is tried out first."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.office.attachments import actions as attachments
from luoshi.office.attachments.errors import NotKept
from luoshi.office.attachments.models import Attachment
from luoshi.office.desk.parameters.book import Book
from luoshi.office.desk.parameters.forms import DocumentForm, EndForm, SettingForm
from luoshi.office.desk.parameters.units import unit_of
from luoshi.office.desk.parameters.views import endable_areas, name_of, settable_areas
from luoshi.office.desk.reading import Reading, read
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.runs import jobs, library, proposing
from luoshi.office.runs.errors import NotAllowed
from luoshi.office.runs.models import LocalSetting
from luoshi.office.runs.proposing import Document, Wanted
from luoshi.rulebook.model.blocks import Assumption, ParameterDef
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.wording.catalogue import describe


@require_http_methods(["GET", "HEAD", "POST"])
def set_value(request: HttpRequest, pack_id: str, name: str) -> HttpResponse:
    """The form for a value; what is sent becomes a draft."""
    reading, book, item = _asked(request, pack_id, name)
    areas = settable_areas(request, reading, name)
    if not areas:
        raise Http404
    given: dict[str, Any] = {"areas": areas, "today": timezone.localdate(), "book": book, "item": item}
    if request.method == "POST":
        form = SettingForm(request.POST, request.FILES, **given)
        made = _drafted(request, book, name, form) if form.is_valid() else None
        if made is not None:
            return redirect("local-value", made.id)
    else:
        first = reading.area.code if reading.area in areas else areas[0].code
        form = SettingForm(initial={"area": first, "start": timezone.localdate()}, **given)
    return _page(request, reading, book, item, form)


@require_http_methods(["GET", "HEAD", "POST"])
def end_value(request: HttpRequest, pack_id: str, name: str) -> HttpResponse:
    """The form that ends a value; what is sent becomes a draft."""
    reading, book, item = _asked(request, pack_id, name)
    areas = endable_areas(pack_id, name, settable_areas(request, reading, name))
    if not areas:
        raise Http404
    given: dict[str, Any] = {"areas": areas, "today": timezone.localdate()}
    if request.method == "POST":
        form = EndForm(request.POST, request.FILES, **given)
        made = _drafted(request, book, name, form) if form.is_valid() else None
        if made is not None:
            return redirect("local-value", made.id)
    else:
        form = EndForm(initial={"start": timezone.localdate()}, **given)
    return _page(request, reading, book, item, form)


def _asked(request: HttpRequest, pack_id: str, name: str) -> tuple[Reading, Book, ParameterDef | Assumption]:
    """What is read, with the pack as it holds today: that is what a value is set in."""
    reading = read(request, pack_id)
    today = timezone.localdate()
    book = Book(library.pack(pack_id, today), reading.area.code, today, reader_language(), name_of)
    item = book.find(name)
    if item is None:
        raise Http404
    return reading, book, item


def _page(
    request: HttpRequest, reading: Reading, book: Book, item: ParameterDef | Assumption, form: DocumentForm
) -> HttpResponse:
    facts = {"reading": reading, "entry": book.entry(item), "form": form, "is_ending": isinstance(form, EndForm)}
    facts["unit"] = unit_of(item, book.lang) if isinstance(item, ParameterDef) else ""
    facts["two"] = proposing.needs_second(book.pack, item.id)
    return render(request, "desk/parameters/set.html", facts)


def _drafted(request: HttpRequest, book: Book, name: str, form: DocumentForm) -> LocalSetting | None:
    """The draft, whose trial is under way; None where it was refused, and the form says why."""
    sent, by = form.cleaned_data, request.user.get_username()
    wanted = Wanted(name, sent.get("value", ""), sent["area"], sent["start"], sent.get("reason", ""))
    try:
        with transaction.atomic():
            file = _kept(book, wanted, form, by)
            document = Document(sent["document"], sent["document_number"], sent["document_date"], file)
            made = proposing.draft(book.pack, wanted, document, by=by)
            jobs.order_preview(made)
            return made
    except NotKept as problem:
        form.add_error("file", str(problem))
    except NotAllowed as problem:
        form.add_error("area", str(problem))
    except Refused as problem:
        for finding in problem.findings:
            form.add_error("value" if "value" in form.fields else None, " ".join(describe(finding, book.lang)))
    return None


def _kept(book: Book, wanted: Wanted, form: DocumentForm, by: str) -> Attachment | None:
    upload = form.uploaded
    if upload is None or upload.file is None:
        return None
    purpose = f"parameter:{book.pack.policy.id}/{wanted.name}"
    return attachments.keep(upload.file, upload.name or "", area=wanted.area, by=by, purpose=purpose)
