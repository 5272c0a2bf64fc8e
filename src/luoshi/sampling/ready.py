"""A plan made ready: read, its divisions found, checked against its pack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused
from luoshi.sampling.areas import Areas, city_of, read_divisions
from luoshi.sampling.city import AREA
from luoshi.sampling.local_values import check_local
from luoshi.sampling.plan import Plan, read_plan
from luoshi.sampling.plan_shape import RegisterPlan
from luoshi.sampling.review import Reviewed, review


@dataclass(frozen=True)
class Ready:
    """A plan that fits its pack."""

    plan: Plan
    areas: Areas
    reviewed: Reviewed


def load_plan(folder: Path, pack: Pack) -> Ready:
    """The plan in a pack's folder, checked against the pack; `Refused` with every finding when it does not fit."""
    findings = Findings()
    plan = read_plan(folder, findings)
    _refuse(findings)
    areas = _areas(plan, pack, findings)
    if AREA in pack.registers:
        plan.registers = {AREA: plan.registers.get(AREA, RegisterPlan())} | plan.registers
    reviewed = review(plan, pack, areas, findings)
    check_local(plan, pack, areas, findings)
    _refuse(findings)
    return Ready(plan, areas, reviewed)


def _areas(plan: Plan, pack: Pack, findings: Findings) -> Areas:
    """The divisions of the city, sampled before everything else."""
    within = plan.within or pack.policy.jurisdiction or ""
    divisions = read_divisions(plan.divisions, findings) if plan.divisions else []
    if within in {division.code for division in divisions}:
        return city_of(divisions, within, plan.village_name, plan.community_name)
    if divisions or not findings:
        findings.add("SAMPLE-014", plan.where("areas"), seen=within)
    return Areas([])


def _refuse(findings: Findings) -> None:
    if findings:
        raise Refused(findings.sorted())
