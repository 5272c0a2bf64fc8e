"""Saved views: who sees which, and how they are kept. Each is its owner's to rename and to delete."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex

from luoshi.office.accounts.models import User
from luoshi.office.audit.actions import record
from luoshi.office.desk.models import SavedView

MOST = 50
"""How many views somebody may keep of one list."""


def views_of(user: User, pack_id: str, register: str) -> QuerySet[SavedView]:
    """A person's own views of a list, then those that others share with everyone of an area."""
    around = SavedView.objects.annotate(place=StrIndex(Value(user.scope.area), "area"))
    shared = Q(is_shared=True) & (Q(place=1) | Q(area=""))
    found = around.filter(shared | Q(user=user), pack_id=pack_id, register=register)
    return found.select_related("user").order_by("name", "id")


@transaction.atomic
def save(user: User, pack_id: str, register: str, name: str, query: str, *, is_shared: bool) -> SavedView | None:
    """Keep a view; one of the same name is replaced. None where somebody has as many as they may."""
    own = SavedView.objects.filter(user=user, pack_id=pack_id, register=register)
    if own.exclude(name=name).count() >= MOST:
        return None
    kept = {"query": query, "is_shared": is_shared, "area": user.scope.area}
    view, _new = SavedView.objects.update_or_create(
        user=user, pack_id=pack_id, register=register, name=name, defaults=kept
    )
    _tell("view.save", user, view)
    return view


@transaction.atomic
def rename(user: User, view: SavedView, name: str) -> bool:
    """Give a view another name; False where another view has it."""
    others = SavedView.objects.filter(user=user, pack_id=view.pack_id, register=view.register, name=name)
    if others.exclude(id=view.id).exists():
        return False
    view.name = name
    view.save(update_fields=["name"])
    _tell("view.rename", user, view)
    return True


@transaction.atomic
def delete(user: User, view: SavedView) -> None:
    """The view is gone."""
    _tell("view.delete", user, view)
    view.delete()


def _tell(action: str, user: User, view: SavedView) -> None:
    told = {"register": f"{view.pack_id}/{view.register}", "shared": view.is_shared}
    record(action, actor=user.username, subject=f"view:{view.id}", area=user.scope.area, details=told)
