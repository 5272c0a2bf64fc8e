"""Bringing a pack into an installation: its tables, its first registers, its local values, its first run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from luoshi.office.registry.building import build
from luoshi.office.registry.loading import load_folder
from luoshi.office.runs import actions, library, local
from luoshi.office.runs.models import Installed
from luoshi.rulebook.cases.local_file import load_local_values


@dataclass(frozen=True)
class Adoption:
    """The record that makes a draft hold here: from which day, and by which document."""

    day: date
    document: str


@transaction.atomic
def install(pack_id: str, data: Path | None, adoption: Adoption | None, *, by: str) -> Mapping[str, int]:
    """Install a pack with the registers and local values in `data`, all of it or nothing; the rows by register.

    `Refused` with the findings if the pack, a register or a local value is wrong.
    """
    pack = library.pack(pack_id)
    others = [
        library.pack(name) for name in Installed.objects.exclude(pack_id=pack_id).values_list("pack_id", flat=True)
    ]
    build([*others, pack])
    recorded = {} if adoption is None else {"adopted_on": adoption.day, "adoption": adoption.document}
    actions.install(pack_id, by=by, **recorded)
    if data is None:
        return {}
    local.keep(pack, load_local_values(data, pack), by=by)
    return load_folder(pack, data, source=data.name, by=by)
