"""The pages of one's own cases, and what one does in them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.attachments.actions import keep
from luoshi.office.attachments.errors import NotKept
from luoshi.office.casework.acting import Act, act
from luoshi.office.casework.checklist import bring, take_back
from luoshi.office.casework.contesting import contest
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Objection
from luoshi.office.casework.opening import discard, withdraw
from luoshi.office.casework.talking import say
from luoshi.office.desk.casework.complaints import About, said
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.portal.cases import showing
from luoshi.office.portal.cases.own import Held, held, list_cases, titles
from luoshi.office.portal.visits import visit_of

HANDED_IN = "handed_in"
MOST_A_DAY = 60
"""Files that somebody of the public brings."""


@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One's own cases."""
    found = list_cases(visit_of(request).person)
    return render(request, "portal/cases/list.html", {"cases": list(titles(found, reader_language()))})


@never_cache
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One of them."""
    return _page(request, held(request, number))


@require_POST
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """What one has to hand in is handed in: a new application, or what was asked for again. Once, however often."""

    def handed_in(found: Held) -> str:
        task = showing.own_task(found.case)
        if task is None:
            return ""
        act(task, Act(HANDED_IN), found.actor, found.at)
        return _("已提交。到了哪一步，在这里看得到。")

    return _done(request, number, handed_in)


@require_POST
def take_away(request: HttpRequest, number: str) -> HttpResponse:
    """A draft is gone; an application is taken back."""
    found = held(request, number)
    if found.case.state == Case.State.DRAFT:
        discard(found.case, found.at)
        found.visit.note(_("草稿已删除。"))
        return HttpResponseRedirect(reverse("portal-cases"))

    def withdrawn(own: Held) -> str:
        withdraw(own.case, own.at)
        return _("申请已撤回。")

    return _done(request, number, withdrawn)


@require_POST
@sensitive_post_parameters()
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """A file, or a photo, for something that is asked for."""

    def brought(found: Held) -> str:
        file = request.FILES.get("file")
        if file is None:
            raise NotKept(_("还没有选文件。"))
        purpose = f"case:{found.case.number}"
        kept = keep(file, file.name or "", area=found.case.area, by=found.at.by, purpose=purpose, most_a_day=MOST_A_DAY)
        bring(found.case, request.POST.get("item", ""), kept, found.at)
        return _("材料已收下。")

    return _done(request, number, brought)


@require_POST
def paper_back(request: HttpRequest, number: str, paper_id: int) -> HttpResponse:
    """A paper that one has brought counts no more, as long as one has still to hand in."""

    def taken(found: Held) -> str:
        own = found.case.papers.filter(pk=paper_id, by=found.at.by).first()
        if own is None or showing.own_task(found.case) is None:
            raise Http404
        take_back(own, found.at)
        return _("这份材料不再算数。")

    return _done(request, number, taken)


@require_POST
@sensitive_post_parameters()
def message(request: HttpRequest, number: str) -> HttpResponse:
    """A line to whoever handles the case."""

    def told(found: Held) -> str:
        say(found.case, request.POST.get("text", ""), found.at, from_claimant=True)
        return _("已经告诉办理的人。")

    return _done(request, number, told)


@require_POST
@sensitive_post_parameters()
def objection(request: HttpRequest, number: str) -> HttpResponse:
    """One does not accept what was decided: somebody else looks at it."""

    def contested(found: Held) -> str:
        kind = request.POST.get("kind", "")
        if kind not in Objection.Kind.values:
            raise CaseError("blank")
        contest(found.case, Objection.Kind(kind), request.POST.get("text", ""), found.at)
        return _("已收到。由没有经手的人答复，答复会写在这里。")

    return _done(request, number, contested)


def _done(request: HttpRequest, number: str, do: Callable[[Held], str]) -> HttpResponse:
    """Back to the case with what was done, or the case with what could not be."""
    found = held(request, number)
    try:
        words = do(found)
    except CaseError as error:
        return _page(request, found, str(said(error, About(found.pack, found.case.procedure, reader_language()))))
    except NotKept as error:
        return _page(request, found, str(error))
    if words:
        found.visit.note(words)
    return HttpResponseRedirect(reverse("portal-case", args=[number]))


def _page(request: HttpRequest, found: Held, problem: str = "") -> HttpResponse:
    facts = showing.page(found, reader_language()) | {"problem": problem}
    return render(request, "portal/cases/case.html", facts, status=422 if problem else 200)
