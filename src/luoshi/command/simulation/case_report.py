"""One subject before and after a change, side by side, with reasons."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from luoshi.command.output import console
from luoshi.command.simulation.names import Names
from luoshi.command.simulation.sheets import Sheets
from luoshi.command.telling import MARKS
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.model.steps import Determination
from luoshi.rulebook.simulating import Side, SingleSimulation
from luoshi.rulebook.simulating.single import Pair
from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.states import OUTCOMES

Json = dict[str, Any]


def case_json(done: SingleSimulation, before: Side, after: Side) -> Json:
    """Everything decided on both sides, and why what differs does."""
    reporters = [Reporter(side.pack, side.on, simulated=side.as_if_in_force) for side in (before, after)]
    old, new = (of.decision(decision) for of, decision in zip(reporters, done.decisions, strict=True))
    measures = {side: {item["id"]: item for item in told["measures"]} for side, told in (("b", old), ("a", new))}
    pairs = [_pair(pair, measures["b"].get(pair.measure), measures["a"].get(pair.measure)) for pair in done.pairs]
    heads = [
        {key: told[key] for key in ("pack", "pack_hash", "policy", "on", "in_force", "simulated")}
        for told in (old, new)
    ]
    return {"subject": new["subject"], "before": heads[0], "after": heads[1], "measures": pairs}


def _pair(pair: Pair, before: Json | None, after: Json | None) -> Json:
    why = None
    if pair.why is not None:
        causes = [change.name for change in pair.why.changes]
        why = {"conditions": list(pair.why.conditions), "causes": causes, "clauses": list(pair.why.clauses)}
    return {"id": pair.measure, "changed": pair.why is not None, "why": why, "before": before, "after": after}


class CaseReport:
    """A case on both sides, told in one language."""

    def __init__(self, names: Names, done: SingleSimulation) -> None:
        self.names, self.done, self.out = names, done, console()

    def tell(self) -> None:
        """Print what was changed, then each measure before and after; reasons where something differs."""
        sheet = Sheets(self.names).changed(self.done.causes.changes)
        for note in sheet.notes:
            self.out.print(Text(note, "bold" if note == sheet.notes[0] else "yellow"))
        for row in sheet.rows:
            place = f" {row[4]}" if row[4] else ""
            values = f"{row[5]} → {row[6]}" if row[5] else row[6]
            self.out.print(
                Text(f"  {row[2]}  [{row[3]}]{place}  {values}" if row[3] else f"  {row[2]}{place}  {values}")
            )
        for pair in self.done.pairs:
            self.out.print()
            self._measure(pair)

    def _measure(self, pair: Pair) -> None:
        names = self.names
        definition = names.definition(pair.measure)
        old, new = (self._outcome(item) for item in (pair.before, pair.after))
        head = Text.assemble((names.measure(pair.measure), "bold"), f"  [{definition.clause}]  ")
        if pair.why is None:
            self.out.print(head + Text(names.say(msg("{outcome}, as before"), outcome=new), "dim"))
            return
        self.out.print(head + Text(f"{old} → {new}", "bold"))
        changes = names.say(msg("; ")).join(
            f"{names.change(of)} [{of.block.clause if of.block else definition.clause}]" for of in pair.why.changes
        )
        if changes:
            self.out.print(Text(names.say(msg("  because of: {changes}"), changes=changes), "dim"))
        for side, item in ((names.before, pair.before), (names.after, pair.after)):
            if item is not None:
                self._reasons(side, item, pair)

    def _reasons(self, side: Side, item: Determination, pair: Pair) -> None:
        """The conditions that come out otherwise, and the amount, as one side sees them."""
        lang = self.names.lang
        told = Reporter(side.pack, side.on, simulated=side.as_if_in_force).determination(item)
        self.out.print(Text("  " + self.names.say(msg("before:") if side is self.names.before else msg("after:"))))
        for condition in told["conditions"]:
            if pair.why is not None and condition["name"] in pair.why.conditions:
                mark, style = MARKS[condition["state"]]
                self.out.print(Text.assemble((f"    {mark} ", style), condition["reason"][lang]))
        if told["arithmetic"] and told["amount"] is not None:
            self.out.print(Text(self.names.say(msg("    amount: {words}"), words=told["arithmetic"][lang]), "dim"))
        for lack in told["missing"]:
            self.out.print(Text(self.names.say(msg("    missing: {name}"), name=lack["title"][lang]), "yellow"))

    def _outcome(self, item: Determination | None) -> str:
        if item is None:
            return self.names.say(msg("not in the pack"))
        words = self.names.say(OUTCOMES[item.outcome.word])
        return words if item.amount is None else f"{words} {item.amount:,}"
