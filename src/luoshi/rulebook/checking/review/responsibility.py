"""Who pays, who acts, who keeps the ledger, who judges, who reports, who sets the value: and where nobody does."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.rulebook.checking.procedures import pays_money
from luoshi.rulebook.checking.review.asking import ask, is_own
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack, ParameterDef
from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.model.types import CNY, Number

LOOKING = ("check", "opinion", "meet", "decide")
REPORTING = "reporting"
MOST_USERS = 5


def amounts_without_fund(pack: Pack) -> Iterator[Finding]:
    """Measures that pay money of which the text does not say where it comes from."""
    for measure in pack.measures.values():
        kind = measure.amount.type if measure.amount is not None else None
        if isinstance(kind, Number) and CNY.powers[0] in kind.unit.powers and not measure.funds:
            yield ask("REVIEW-001", measure)


def measures_without_procedure(pack: Pack) -> Iterator[Finding]:
    """Measures of which the text does not say how one gets them."""
    for measure in pack.measures.values():
        if measure.procedure is None:
            yield ask("REVIEW-002", measure)


def one_office_alone(pack: Pack) -> Iterator[Finding]:
    """Procedures by which money is paid on the word of one office: nobody else checks, advises or decides."""
    paid = {measure.procedure for measure in pack.measures.values() if pays_money(measure)}
    for procedure in pack.procedures.values():
        looking = {office for step in procedure.list_by_act(*LOOKING) for office in step.by}
        if procedure.has_cases and procedure.id in paid and len(looking) == 1:
            (office,) = looking
            yield ask("REVIEW-018", procedure, office=pack.offices[office].title)


def ledgers_nobody_keeps(pack: Pack) -> Iterator[Finding]:
    """Registers that decisions read and nobody is told to keep."""
    read: dict[str, list[str]] = {}
    for block in pack.blocks():
        for root in block.expressions():
            for item in n.walk(root):
                if isinstance(item, n.Field | n.Aggregate):
                    read.setdefault(item.register, []).append(block.id)
    for register in pack.registers.values():
        if register.keeper is None and is_own(register) and register.id in read:
            yield ask("REVIEW-003", register, users=sorted(set(read[register.id]))[:MOST_USERS])


def judgements_nobody_gives(pack: Pack) -> Iterator[Finding]:
    """Human judgements for which the text names no judge."""
    for fact in pack.facts.values():
        if fact.value is None and fact.judged_by is None:
            yield ask("REVIEW-004", fact)


def targets_nobody_reports(pack: Pack) -> Iterator[Finding]:
    """Targets of a document in which nobody has to report."""
    reported = {norm.place.file for norm in pack.norms if norm.kind == REPORTING}
    for target in pack.targets.values():
        if target.place.file not in reported:
            yield ask("REVIEW-005", target)


def values_left_to_localities(pack: Pack) -> Iterator[Finding]:
    """Values that the text leaves to localities without a value of its own, with what stays open until one is set."""
    for parameter in pack.parameters.values():
        if parameter.local is not None and not parameter.values and not parameter.by_area:
            yield ask("REVIEW-006", parameter, users=_waiting(pack, parameter), ref=parameter.ref or "-")


def _waiting(pack: Pack, parameter: ParameterDef) -> list[str]:
    """The blocks whose own expressions use a parameter, a few of them."""
    wanted = n.Parameter(parameter.type, parameter.id)
    users = [block.id for block in pack.blocks() if any(wanted in n.walk(root) for root in block.expressions())]
    return users[:MOST_USERS]
