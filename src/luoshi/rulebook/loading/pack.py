"""Loads a pack: its folder, what it imports, and everything resolved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from luoshi.rulebook.loading.assembling import Assembled, Assembler, with_file_prefix
from luoshi.rulebook.loading.reading import Entry, RawPack, read_pack
from luoshi.rulebook.loading.referring import check_references
from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.loading.shapes.policies import PolicyShape
from luoshi.rulebook.model.blocks import Clause, Pack, Policy
from luoshi.rulebook.model.findings import Finding, Findings, Refused, Where


@dataclass(frozen=True)
class Loaded:
    """A pack and what is wrong with it; `pack` is None when something is."""

    pack: Pack | None
    findings: list[Finding]
    partial: Pack | None


def shipped_folder() -> Path:
    """The folder of the packs that come with Luoshi."""
    return Path(str(files("luoshi"))) / "packs"


def shipped_packs() -> list[str]:
    """The names of the packs that come with Luoshi."""
    return sorted(path.parent.name for path in shipped_folder().glob("*/policy.yaml"))


def find_folder(name: str) -> Path:
    """The folder of a pack given as a shipped name or a path."""
    shipped = shipped_folder() / name
    return shipped if name in shipped_packs() else Path(name)


def load_pack(name: str | Path, *, examples: bool = True) -> Pack:
    """The pack, or `Refused` with every finding. Without the folder of examples it is there sooner."""
    loaded = try_load(name, examples=examples)
    if loaded.pack is None:
        raise Refused(loaded.findings)
    return loaded.pack


def try_load(name: str | Path, *, examples: bool = True) -> Loaded:
    """The pack as far as it can be loaded, with every finding."""
    findings = Findings()
    folder = name if isinstance(name, Path) else find_folder(name)
    raw = read_pack(folder, findings, examples=examples)
    if raw is None:
        return Loaded(None, findings.sorted(), None)
    if raw.policy.status != "library" and not any(clause.place.file for clause in raw.clauses.values()):
        findings.add("PACK-006", Where(folder.name))
    imported = _imported(raw, folder, findings)
    entries = [entry for pack in imported for entry in _lent(pack)] + raw.entries
    pack = _pack(raw, imported, Assembler(entries, findings).assemble())
    check_references(pack, findings)
    return Loaded(None if findings else pack, findings.sorted(), pack)


def _imported(raw: RawPack, folder: Path, findings: Findings) -> list[RawPack]:
    """The packs that a pack imports, and what those import, each once and before its users."""
    found: dict[str, RawPack] = {}
    waiting = list(raw.policy.imports)
    while waiting:
        name = waiting.pop(0)
        if name in found:
            continue
        beside = folder.resolve().parent / name
        place = beside if (beside / "policy.yaml").is_file() else shipped_folder() / name
        pack = read_pack(place, findings, examples=False) if (place / "policy.yaml").is_file() else None
        if pack is None:
            findings.add("PACK-008", Where("policy.yaml", 1), name=name, near=near(name, shipped_packs()))
            continue
        found[name] = pack
        waiting.extend(pack.policy.imports)
    return list(found.values())[::-1]


def _lent(raw: RawPack) -> list[Entry]:
    """The blocks that a pack lends to those which import it."""
    lent = [entry for entry in raw.entries if entry.kind not in {"norm", "example"}]
    return [with_file_prefix(entry, raw.policy.id) for entry in lent]


def _pack(raw: RawPack, imported: list[RawPack], done: Assembled) -> Pack:
    digest = hashlib.sha256("".join([raw.hash, *(pack.hash for pack in imported)]).encode()).hexdigest()
    clauses: dict[str, Clause] = {}
    for pack in imported:
        for clause in pack.clauses.values():
            clauses[f"{pack.policy.id}:{clause.id}"] = replace(clause, id=f"{pack.policy.id}:{clause.id}")
    names = done.names
    return Pack(
        policy=_policy(raw.policy),
        hash=digest,
        clauses=clauses | raw.clauses,
        registers=names.registers,
        parameters=names.parameters,
        tables=names.tables,
        assumptions=names.assumptions,
        facts=names.facts,
        measures=names.measures,
        limits=done.limits,
        targets=done.targets,
        crosschecks=done.crosschecks,
        funds=done.funds,
        departments=done.departments,
        offices=done.offices,
        procedures=done.procedures,
        sheets=done.sheets,
        statements=done.statements,
        duties=done.duties,
        scorecards=done.scorecards,
        matches=done.matches,
        integrity_checks=done.integrity_checks,
        norms=tuple(done.norms),
        examples=tuple(done.examples),
    )


def _policy(shape: PolicyShape) -> Policy:
    return Policy(
        id=shape.id,
        title=shape.title.text(),
        number=shape.number,
        issuer=shape.issuer.text(),
        jurisdiction=shape.jurisdiction,
        status=shape.status,
        issued=shape.issued,
        in_force_from=shape.in_force.start,
        in_force_to=shape.in_force.to,
    )
