"""Bringing a pack into an installation: its tables, its first registers, its local values, its first run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.db import connection, transaction

from luoshi.office.registry.building import build
from luoshi.office.registry.loading import load_folder, tidy
from luoshi.office.runs import actions, library, local, queries
from luoshi.office.runs.actions import Adoption
from luoshi.office.runs.models import Installed
from luoshi.rulebook.cases.local_file import load_local_values


def is_installed(pack_id: str) -> bool:
    """Whether a pack is installed and has been run."""
    return Installed.objects.filter(pack_id=pack_id).exists() and queries.newest_run(pack_id) is not None


def install(
    pack_id: str, data: Path | None, adoption: Adoption | None, *, by: str, keep_doubles: bool = False
) -> Mapping[str, int]:
    """Install a pack with the registers and local values in `data`, all of it or nothing; the rows by register.

    The rulebook's `Refused` if the pack or a local value is wrong, the registry's if a register is. With `keep_doubles`
    rows whose key another row has are taken and marked.
    """
    pack = library.pack(pack_id)
    with transaction.atomic():
        others = Installed.objects.exclude(pack_id=pack_id).values_list("pack_id", flat=True)
        build([*map(library.pack, others), pack])
        actions.install(pack_id, adoption, by=by)
        if data is None:
            return {}
        local.keep(pack, load_local_values(data, pack), by=by)
        rows = load_folder(pack, data, source=data.name, by=by, keep_doubles=keep_doubles)
    if not connection.in_atomic_block:
        tidy(pack, rows)
    return rows
