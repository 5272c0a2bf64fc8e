"""Forms that keep a list's question under a name, and change or delete what was kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.office.accounts.models import User
from luoshi.office.desk.models import SavedView
from luoshi.office.desk.registers import saved_views
from luoshi.office.desk.registers.views import open_register

LONGEST = 40


@require_POST
def view_save(request: HttpRequest, pack_id: str, register: str) -> HttpResponse:
    """The question is kept under a name; whoever asked goes back to it."""
    opened = open_register(request, pack_id, register)
    assert isinstance(request.user, User)
    query = opened.question(request.GET).query()
    name = request.POST.get("name", "").strip()[:LONGEST]
    if not name:
        messages.warning(request, _("没有保存：请给视图起个名字。"))
    elif saved_views.save(request.user, pack_id, register, name, query, is_shared="shared" in request.POST) is None:
        messages.warning(request, _("没有保存：一个台账最多保存 50 个视图，请先删掉不用的。"))
    else:
        messages.success(request, _("视图已保存。"))
    return redirect(reverse("register", args=[pack_id, register]) + query)


@require_POST
def view_rename(request: HttpRequest, number: int) -> HttpResponse:
    """The view has another name."""
    view, name = _own(request, number), request.POST.get("name", "").strip()[:LONGEST]
    assert isinstance(request.user, User)
    if not name or not saved_views.rename(request.user, view, name):
        messages.warning(request, _("没有改名：名字是空的，或者另一个视图已经用了。"))
    return _back(view)


@require_POST
def view_delete(request: HttpRequest, number: int) -> HttpResponse:
    """The view is gone."""
    view = _own(request, number)
    assert isinstance(request.user, User)
    saved_views.delete(request.user, view)
    messages.success(request, _("视图已删除。"))
    return _back(view)


def _own(request: HttpRequest, number: int) -> SavedView:
    return get_object_or_404(SavedView, id=number, user_id=request.user.pk)


def _back(view: SavedView) -> HttpResponse:
    return redirect("register", view.pack_id, view.register)
