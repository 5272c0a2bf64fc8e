"""Reads `sample.yaml`, what it includes and the files of `sample/` into one plan; later files override earlier ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from luoshi.rulebook.loading.validating import validate
from luoshi.rulebook.loading.yaml_tree import Document, read_yaml
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.sampling.plan_shape import Irregularity, Local, PlanShape, RegisterPlan

FILE = "sample.yaml"
PARTS = "sample"
MOST_BYTES = 1_000_000
MOST_INCLUDES = 8


@dataclass
class Plan:
    """What to sample. `sources` are the files it was read from, the one with the last word at the end."""

    folder: Path
    on: date | None = None
    divisions: Path | None = None
    within: str | None = None
    village_name: str = "{n}"
    community_name: str = "{n}"
    registers: dict[str, RegisterPlan] = field(default_factory=dict)
    irregularities: dict[str, Irregularity] = field(default_factory=dict)
    local: list[Local] = field(default_factory=list)
    sources: list[tuple[str, Document]] = field(default_factory=list)

    def where(self, *keys: str | int) -> Where:
        """The position of a key, in the last file that has it or the nearest thing above it."""
        for length in range(len(keys), 0, -1):
            for file, document in reversed(self.sources):
                if keys[:length] in document.lines:
                    return Where(file, document.line(keys[:length]), column=".".join(map(str, keys)))
        return Where(self.sources[-1][0] if self.sources else FILE, 1, column=".".join(map(str, keys)))


def read_plan(folder: Path, findings: Findings) -> Plan:
    """The plan of the pack in a folder, with what it includes; problems are noted in `findings`."""
    plan = Plan(folder)
    _read(folder, plan, findings, ())
    return plan


def _read(folder: Path, plan: Plan, findings: Findings, trail: tuple[str, ...]) -> None:
    prefix = f"{folder.name}/" if trail else ""
    name = prefix + FILE
    read = _shape(folder / FILE, name, findings)
    if read is None:
        return
    document, shape = read
    for index, included in enumerate(shape.include):
        where = Where(name, document.line(("include", index)))
        target = _included(folder, included)
        if included in trail or included == folder.name or len(trail) >= MOST_INCLUDES:
            findings.add("SAMPLE-002", where, name=included, trail=" → ".join([*trail, folder.name, included]))
        elif target is None:
            findings.add("SAMPLE-003", where, name=included)
        else:
            _read(target, plan, findings, (*trail, folder.name))
    _merge(plan, shape, folder, (name, document))
    for part in sorted((folder / PARTS).glob("*.yaml")):
        name = f"{prefix}{PARTS}/{part.name}"
        if (read := _shape(part, name, findings)) is not None:
            _merge(plan, read[1], folder, (name, read[0]))


def _shape(path: Path, name: str, findings: Findings) -> tuple[Document, PlanShape] | None:
    document = _document(path, name, findings)
    shape = document and validate(PlanShape, document, (), Where(name, 1), findings)
    return (document, shape) if document and shape else None


def _document(path: Path, name: str, findings: Findings) -> Document | None:
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        findings.add("SAMPLE-001", Where(name), file=name)
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        findings.add("PACK-002", Where(name), byte=problem.start)
        return None
    return read_yaml(text, Where(name, 1), findings)


def _included(folder: Path, name: str) -> Path | None:
    """The folder of an included pack: beside this one, else the one that is shipped."""
    shipped = Path(__file__).parent.parent / "packs"
    return next((place / name for place in (folder.parent, shipped) if (place / name / FILE).is_file()), None)


def _merge(plan: Plan, shape: PlanShape, folder: Path, source: tuple[str, Document]) -> None:
    plan.sources.append(source)
    plan.on = shape.on or plan.on
    plan.within = shape.areas.within or plan.within
    plan.village_name = shape.areas.village or plan.village_name
    plan.community_name = shape.areas.community or plan.community_name
    if shape.areas.divisions:
        plan.divisions = folder / shape.areas.divisions
    for name, register in shape.registers.items():
        before = plan.registers.get(name, RegisterPlan())
        plan.registers[name] = RegisterPlan(rows=register.rows or before.rows, fields=before.fields | register.fields)
    plan.irregularities |= shape.irregularities
    plan.local += shape.local
