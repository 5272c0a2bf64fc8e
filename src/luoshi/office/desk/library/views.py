"""The pages of the policy library that only show."""

from __future__ import annotations

import io
import zipfile

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.accounts.policy import may_open
from luoshi.office.accounts.roles import Scope
from luoshi.office.desk.library import texts
from luoshi.office.desk.library.differing import difference
from luoshi.office.desk.library.forms import ActivationForm
from luoshi.office.desk.library.seeing import get_edition, is_seen, may_change
from luoshi.office.desk.library.tried import find_tried
from luoshi.office.desk.reading import scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.editions import folders, queries
from luoshi.office.editions.models import Edition
from luoshi.office.registry.areas import area
from luoshi.office.runs import library as packs
from luoshi.office.runs.queries import adoption_of
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Every policy of the person's area with its editions."""
    scope, today = scope_of(request), timezone.localdate()
    found = []
    for pack_id in queries.packs_with_editions():
        editions = queries.listed(pack_id, today)
        if is_seen(editions[0].edition, scope):
            place = area(editions[0].edition.jurisdiction)
            found.append({"pack_id": pack_id, "editions": editions, "place": place.name if place else ""})
    may_upload = may_open("library-upload", getattr(request.user, "role", None))
    return render(request, "desk/library/library.html", {"packs": found, "may_upload": may_upload})


@require_safe
def edition(request: HttpRequest, pack_id: str, number: int) -> HttpResponse:
    """An edition: what was found in it, what it would come to, and what can be done with it."""
    scope, today = scope_of(request), timezone.localdate()
    found = get_edition(pack_id, number, scope)
    editions = queries.listed(pack_id, today)
    active = next((one.edition for one in editions if one.standing == "active"), None)
    pack, held = _find_pack(found), _find_pack(active) if active else None
    is_draft = found.status == "draft"
    adoption = adoption_of(pack_id)
    needs_basis = is_draft and (adoption is None or adoption.adopted_on is None)
    known = tuple(one for one in (pack, held) if one is not None)
    facts = {
        "edition": found,
        "own": next(one for one in editions if one.edition.id == found.id),
        "active": active,
        "others": [one for one in editions if one.edition.id != found.id],
        "activations": queries.activations_of(found),
        "adoption": adoption if is_draft else None,
        "counts": difference(held, pack, "zh").counts if pack and held and active != found else None,
        "tried": find_tried(found.trial, known, _narrower(scope, found), reader_language()),
        "steps": _step_share(found),
    }
    return render(request, "desk/library/edition.html", facts | _doable(request, found, scope, needs_basis=needs_basis))


@require_safe
def edition_difference(request: HttpRequest, pack_id: str, number: int, other: int) -> HttpResponse:
    """What differs between an edition and another of the same pack."""
    scope = scope_of(request)
    after, before = (get_edition(pack_id, each, scope) for each in (number, other))
    sides = _find_pack(before), _find_pack(after)
    found = difference(sides[0], sides[1], reader_language()) if sides[0] and sides[1] else None
    several = len({clause.document for clause in found.clauses}) > 1 if found else False
    return render(
        request,
        "desk/library/difference.html",
        {"edition": after, "other": before, "difference": found, "several": several},
    )


@require_safe
def edition_text(request: HttpRequest, pack_id: str, number: int, document: str) -> HttpResponse:
    """A document of an edition, as it is written in the pack."""
    found = get_edition(pack_id, number, scope_of(request))
    folder = queries.folder_of(found.id, found.digest)
    documents = texts.documents(folder)
    if document not in {one.name for one in documents}:
        raise Http404
    listed = [(one.name, one.title.say(reader_language())) for one in documents]
    facts = {"edition": found, "documents": listed, "open": document, "text": texts.rendered(folder, document)}
    return render(request, "desk/library/text.html", facts)


@require_safe
def edition_download(request: HttpRequest, pack_id: str, number: int) -> HttpResponse:
    """The files of an edition as a zip, which can be uploaded again."""
    found = get_edition(pack_id, number, scope_of(request))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in folders.files_of(queries.folder_of(found.id, found.digest)).items():
            archive.writestr(f"{pack_id}/{name}", content)
    answer = HttpResponse(kept.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{pack_id}-{number}.zip"'
    return answer


def _doable(request: HttpRequest, found: Edition, scope: Scope, *, needs_basis: bool) -> dict[str, object]:
    """What the person may do with an edition, and the form to activate it."""
    may = may_change(found, scope) and may_open("edition-activate", getattr(request.user, "role", None))
    today = timezone.localdate()
    return {
        "may_change": may,
        "is_ready": found.state in Edition.READY,
        "is_uploader": is_same_person(request.user.get_username(), found.uploaded_by),
        "never_held": not found.activations.filter(start__lte=today).exists(),
        "form": ActivationForm(today=today, needs_basis=needs_basis),
        "first_document": _first_document(found),
    }


def _first_document(found: Edition) -> str:
    documents = texts.documents(queries.folder_of(found.id, found.digest))
    return documents[0].name if documents else ""


def _find_pack(found: Edition) -> Pack | None:
    """The pack of an edition; None where it does not load."""
    try:
        return packs.of_edition(found)
    except Refused:
        return None


def _narrower(scope: Scope, found: Edition) -> str:
    """The area whose figures are shown: all of the policy's, or the part of it that is the person's."""
    return "" if may_change(found, scope) else scope.area


def _step_share(found: Edition) -> int | None:
    """How far a step is, in hundredths."""
    return 100 * found.done // found.steps if found.steps else None
