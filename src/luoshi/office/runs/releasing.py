"""An edition begins to decide: its tables are built, its pack is one of this installation, and it is run anew."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from psycopg import sql

from luoshi.office.editions import actions as editions
from luoshi.office.editions.errors import NotNow
from luoshi.office.editions.fitting import PATIENCE
from luoshi.office.editions.models import Activation, Edition
from luoshi.office.registry.building import build, identifier
from luoshi.office.registry.placing import place
from luoshi.office.registry.shape import tables_of
from luoshi.office.runs import actions, library, proving
from luoshi.office.runs.models import Installed
from luoshi.rulebook.model.blocks import Pack


@transaction.atomic
def release(edition: Edition, start: date, basis: str, *, by: str, today: date) -> None:
    """The edition decides from a day on, all of it or nothing.

    `NotNow` as for `editions.actions.activate`, also where a draft is activated that no document has adopted, or values
    set by localities do not fit (`local`). The registry's `Refused` where its registers contradict what is kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(PATIENCE)
    before = _before(edition, today)
    activation = editions.activate(edition, start, basis, by=by, today=today)
    pack = library.of_edition(edition)
    if proving.misfits(pack):
        raise NotNow("local")
    _adopt(activation, pack, by=by)
    build(list(proving.packs_beside(pack, today)))
    if before is not None:
        _place_anew(before, pack, by=by)


def _adopt(activation: Activation, pack: Pack, *, by: str) -> None:
    """The pack is one of this installation; a draft that nobody adopted yet is, by the document of its activation."""
    pack_id = pack.policy.id
    installed = Installed.objects.filter(pack_id=pack_id).first()
    is_open = pack.policy.status == "draft" and (installed is None or installed.adopted_on is None)
    if is_open and not activation.basis:
        raise NotNow("adoption")
    adoption = actions.Adoption(activation.start, activation.basis) if is_open else None
    if installed is None or adoption is not None:
        actions.install(pack_id, adoption, by=by)


def _before(edition: Edition, today: date) -> Pack | None:
    """The edition that decided until now; None for a policy that is new here."""
    installed = Installed.objects.filter(pack_id=edition.pack_id).exists()
    return library.pack(edition.pack_id, today) if installed else None


def _place_anew(before: Pack, after: Pack, *, by: str) -> None:
    """Rows of registers that find their area by another path now are where that leads."""
    old, new = tables_of([before]), tables_of([after])
    for name, table in new.items():
        if name in old and old[name].area != table.area:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("SELECT id FROM {}").format(identifier(name)))
                ids = [row[0] for row in cursor.fetchall()]
            place(new, name, ids, by=by)
