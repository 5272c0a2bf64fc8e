"""The packs of this installation, loaded once for a process."""

from __future__ import annotations

from functools import cache

from luoshi.office.runs.models import Installed
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack


@cache
def pack(pack_id: str) -> Pack:
    """A shipped pack, without its examples. `Refused` with its findings if there is none or it is wrong."""
    return load_pack(pack_id, examples=False)


def packs() -> tuple[Pack, ...]:
    """Every pack that something was ever loaded for, by its id."""
    return tuple(pack(found.pack_id) for found in Installed.objects.order_by("pack_id"))
