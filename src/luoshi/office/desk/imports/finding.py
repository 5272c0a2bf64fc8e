"""The import and the register that an address names, within what the person may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from luoshi.office.desk.reading import readable_packs, root_of, scope_of
from luoshi.office.exchange import queries
from luoshi.office.exchange.models import Import
from luoshi.office.registry.shape import DIVISIONS
from luoshi.rulebook.model.blocks import Pack


def found_import(request: HttpRequest, number: int) -> Import:
    """The import with a number; not found beyond the area, and where the policy is not the person's."""
    scope = scope_of(request)
    found = queries.find_import(number, scope)
    if found is None or found.pack_id not in {pack.policy.id for pack in readable_packs(scope)}:
        raise Http404
    return found


def found_register(request: HttpRequest, pack_id: str, register: str) -> tuple[Pack, str]:
    """The pack of a register that can be imported into, and the area whose rows the person may give."""
    scope = scope_of(request)
    for pack in readable_packs(scope):
        root = root_of(pack, scope)
        if pack.policy.id == pack_id and root is not None and is_importable(pack, register):
            return pack, root
    raise Http404


def is_importable(pack: Pack, register: str) -> bool:
    """Whether files are taken for a register; divisions are the state's, and come with an installation."""
    return register in pack.registers and register != DIVISIONS
