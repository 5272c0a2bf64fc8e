"""What people do with templates and numbers of letters."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.office.attachments.errors import NotKept
from luoshi.office.desk.letters.forms import SeriesForm, TemplateForm
from luoshi.office.desk.letters.seeing import department_of, get_kind, get_template
from luoshi.office.desk.letters.views import kind_page
from luoshi.office.desk.reading import scope_of
from luoshi.office.letters import templates
from luoshi.office.letters.errors import NotAllowed, Unfit

REFUSED = 422


@require_POST
def letter_template_upload(request: HttpRequest, kind: str) -> HttpResponse:
    """A template of one's area, which waits for somebody else."""
    wanted, form = get_kind(kind), TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return kind_page(request, wanted, forms={"upload": form}, status=REFUSED)
    by, area = request.user.get_username(), scope_of(request).area
    name, note = form.cleaned_data["file"].name, form.cleaned_data["note"]
    try:
        kept = templates.keep(wanted, area, form.content(), name, by=by, note=note)
    except (Unfit, NotKept) as refused:
        return kind_page(request, wanted, problem=str(refused), status=REFUSED)
    messages.success(
        request, _("已收下，为第 %(number)s 版。另一位同事看过样张并同意后才使用。") % {"number": kept.number}
    )
    return redirect("letter-template", kept.id)


@require_POST
def letter_template_approve(request: HttpRequest, number: int) -> HttpResponse:
    """A template holds from now on."""
    scope = scope_of(request)
    found = get_template(number, scope)
    if not scope.covers(found.area):
        raise Http404
    try:
        templates.approve(found, by=request.user.get_username())
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("从现在起使用这个模板。"))
    return redirect("letter-template", found.id)


@require_POST
def letter_template_drop(request: HttpRequest, kind: str) -> HttpResponse:
    """One's area has no template of its own any more."""
    wanted = get_kind(kind)
    templates.drop(wanted, scope_of(request).area, by=request.user.get_username())
    messages.success(request, _("不再用本地的模板。"))
    return redirect("letter-kind", wanted.value)


@require_POST
def letter_series_set(request: HttpRequest, kind: str) -> HttpResponse:
    """How one's office words its numbers."""
    wanted, form = get_kind(kind), SeriesForm(request.POST)
    if not form.is_valid():
        return kind_page(request, wanted, forms={"series_form": form}, status=REFUSED)
    area, department = scope_of(request).area, department_of(request)
    try:
        templates.set_series(
            wanted, area, form.cleaned_data["words"], department=department, by=request.user.get_username()
        )
    except NotAllowed as refused:
        return kind_page(request, wanted, problem=str(refused), forms={"series_form": form}, status=REFUSED)
    messages.success(request, _("已设好。以后开出的公文用这个代字编号。"))
    return redirect("letter-kind", wanted.value)
