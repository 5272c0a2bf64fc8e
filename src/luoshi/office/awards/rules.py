"""What a policy says about a round of one of its awards: its steps, who takes them, the places, the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from luoshi.office.runs import actions, library, local, queries
from luoshi.office.runs.models import Run
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.model.nodes import Parameter, exact, walk
from luoshi.rulebook.values.area_code import LENGTHS, level_of


@dataclass(frozen=True)
class Rules:
    """An award with the procedure by which its rounds are led."""

    pack: Pack
    award: Award
    procedure: Procedure

    def step(self, act: str) -> ProcedureStep | None:
        """The first step with an act; None where the procedure has none."""
        return next(iter(self.procedure.list_by_act(act)), None)

    @cached_property
    def opening(self) -> ProcedureStep:
        """The step that opens a round: what comes before anybody is nominated, else the decision."""
        first = self.procedure.steps[0]
        return first if first.act not in {"apply", None} else self.deciding

    @cached_property
    def deciding(self) -> ProcedureStep:
        """The step at which people decide."""
        found = self.step("decide")
        assert found is not None  # `find_rules` gives no rules without one
        return found

    def places(self, area: str, on: date) -> int | None:
        """The number of places as the text or a locality sets it; None where neither does."""
        if self.award.quota is None:
            return None
        found = CaseEngine(self.pack, on, local.settings_of(self.pack, on)).constant(self.award.quota, area)
        return None if found is None else int(exact(found))

    @property
    def settable(self) -> str | None:
        """The local value that sets the number of places; None where no locality sets it."""
        nodes = walk(self.award.quota) if self.award.quota is not None else ()
        names = [node.name for node in nodes if isinstance(node, Parameter)]
        return next((name for name in names if self.pack.parameters[name].local is not None), None)

    def may_be_in(self, area: str) -> bool:
        """Whether an area has rounds of its own: those of the award's level, or the whole where it has none."""
        held = self.pack.policy.jurisdiction or ""
        if self.award.per is None:
            return area == held
        return area.startswith(held) and len(area) in LENGTHS.values() and level_of(area) == self.award.per


def list_awards(pack: Pack) -> list[Award]:
    """The awards of a policy, in its order."""
    return [measure for measure in pack.measures.values() if isinstance(measure, Award)]


def find_rules(pack: Pack, measure: str) -> Rules | None:
    """The rules of an award; None for what is none, and for one whose procedure nobody decides."""
    award = pack.measures.get(measure)
    if not isinstance(award, Award) or award.procedure is None:
        return None
    procedure = pack.procedures[award.procedure]
    return Rules(pack, award, procedure) if procedure.list_by_act("decide") else None


def pack_of(pack_id: str, pack_hash: str, on: date) -> Pack:
    """The policy by whose text a round was opened; the one that held on its day where that text is kept no more."""
    found = library.pack_of(Run(pack_id=pack_id, pack_hash=pack_hash)) or library.pack(pack_id, on)
    return in_force_here(found)


def in_force_here(pack: Pack) -> Pack:
    """The policy as it decides here: a draft from the day on which it was adopted."""
    return actions.adopted(pack, queries.adoption_of(pack.policy.id))
