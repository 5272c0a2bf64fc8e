"""What lies beside the registers: the manifest and the list of planted irregularities."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from luoshi.sampling.plan import Plan
from luoshi.sampling.planting import Planted

MANIFEST = "manifest.json"
IRREGULARITIES = "irregularities.csv"


def write_manifest(path: Path, content: dict[str, object]) -> None:
    """What was sampled, without the time of day: the same sample gives the same file."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_irregularities(path: Path, planted: list[Planted], plan: Plan) -> None:
    """One line per row with a planted fault; rows with the same kind and group belong together."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["register", "id", "kind", "group", "note_zh", "note_en"])
        for fault in planted:
            note = plan.irregularities[fault.kind].note
            for row, group in sorted(zip(fault.rows.tolist(), fault.groups.tolist(), strict=True)):
                writer.writerow([fault.register, row, fault.kind, group, note.zh, note.en])
