"""How the tables of a simulation name things: measures, conditions, areas, funds, payers, changed blocks."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.command.telling import KINDS
from luoshi.rulebook.explaining.missing import Missing
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import Assumption, Measure, ParameterDef
from luoshi.rulebook.model.nodes import Literal
from luoshi.rulebook.model.types import DATE
from luoshi.rulebook.simulating import Side
from luoshi.rulebook.simulating.causes import AMOUNT
from luoshi.rulebook.simulating.comparing import BETWEEN
from luoshi.rulebook.simulating.differing import Change, Part
from luoshi.rulebook.wording import msg, say

PAYERS = {
    "central": msg("the centre"),
    "province": msg("the province"),
    "city": msg("the city"),
    "county": msg("the county"),
    "township": msg("the township"),
    "society": msg("society"),
    "silent": msg("the text is silent"),
}
BLOCKS = {
    "day": msg("as-of date"),
    "policy": msg("time in force"),
    "parameters": msg("parameter"),
    "assumptions": msg("reading"),
    "registers": msg("register"),
    "tables": msg("table"),
    "facts": msg("fact"),
    "measures": msg("measure"),
    "limits": msg("limit"),
    "targets": msg("target"),
    "crosschecks": msg("crosscheck"),
    "funds": msg("fund"),
    "departments": msg("department"),
    "offices": msg("office"),
    "procedures": msg("procedure"),
    "sheets": msg("sheet"),
    "statements": msg("statement"),
    "duties": msg("duty"),
    "scorecards": msg("scorecard"),
    "matches": msg("match"),
    "integrity_checks": msg("integrity check"),
}
HOW = {"changed": msg("changed"), "added": msg("added"), "removed": msg("removed")}
SHORT = 40


class Names:
    """The names in one language; those of the pack afterwards go before those of the pack before."""

    def __init__(self, before: Side, after: Side, areas: Mapping[str, str], lang: str) -> None:
        self.before, self.after, self.areas, self.lang = before, after, areas, lang
        self._reporters: dict[str, Reporter] = {}

    def say(self, message: str, **facts: object) -> str:
        """A message in the language."""
        return say(self.lang, message, facts)

    def side_of(self, measure: str) -> Side:
        """The side that has a measure."""
        return self.after if measure in self.after.pack.measures else self.before

    def definition(self, measure: str) -> Measure:
        """A measure."""
        return self.side_of(measure).pack.measures[measure]

    def measure(self, name: str) -> str:
        """The title of a measure."""
        return self.definition(name).title.say(self.lang)

    def area(self, code: str) -> str:
        """The code of an area with its name, where the data have one."""
        return f"{code} {self.areas.get(code, '')}".strip() or self.say(msg("no area recorded"))

    def funds(self, key: str) -> str:
        """The titles of the funds that a measure may be paid from."""
        funds = {**self.before.pack.funds, **self.after.pack.funds}
        titles = [funds[fund].title.say(self.lang) for fund in key.split(BETWEEN) if fund]
        return " / ".join(titles) or self.say(msg("no fund named"))

    def payers(self, key: str) -> str:
        """Who pays."""
        named = [self.say(PAYERS[payer]) for payer in key.split(BETWEEN) if payer]
        return " / ".join(named) or self.say(msg("no fund named"))

    def conditions(self, measure: str, names: str) -> str:
        """The titles of conditions of a measure."""
        return self.say(msg("; ")).join(self.condition(measure, name) for name in names.split(BETWEEN) if name)

    def condition(self, measure: str, name: str) -> str:
        """The title of a condition, or what it requires, shortened."""
        for side in (self.after, self.before):
            for item in side.pack.measures[measure].conditions if measure in side.pack.measures else ():
                if item.name == name:
                    words = item.title.say(self.lang) if item.title else Phrases(side.pack, self.lang).phrase(item.test)
                    return words if len(words) <= SHORT else f"{words[:SHORT]}…"
        return self.say(msg("the amount")) if name == AMOUNT else name

    def missing(self, measure: str, item: Missing) -> str:
        """Something that may be missing, with its kind."""
        side = self.side_of(measure)
        reporter = self._reporters.setdefault(side.pack.hash, Reporter(side.pack, side.on))
        title = reporter.missing(item, self.definition(measure).register)["title"][self.lang]
        return f"{title}（{say('zh', KINDS[item.kind])}）" if self.lang == "zh" else f"{title} ({KINDS[item.kind]})"

    def change(self, change: Change) -> str:
        """The title of a changed block."""
        return change.block.title.say(self.lang) if change.block else self.say(BLOCKS[change.key[0]])

    def cause(self, names: str, changes: Mapping[str, Change]) -> str:
        """The titles of the blocks behind a change."""
        return self.say(msg("; ")).join(self.change(changes[name]) for name in names.split(BETWEEN) if name)

    def part(self, change: Change, part: Part) -> str:
        """What of a block differs: the area, the condition, the key."""
        if isinstance(change.block, Measure):
            return self.condition(change.block.id, part.name)
        if isinstance(change.block, ParameterDef | Assumption) and not part.name:
            return self.say(msg("wherever no nearer value holds"))
        return self.area(part.name) if part.name else ""

    def values(self, change: Change, part: Part) -> tuple[str, str]:
        """The values before and after, where the part has them."""
        block = change.block
        if isinstance(block, Measure):
            return "", self.say(self._switched(block, part.name))
        kind = block.type if isinstance(block, ParameterDef | Assumption) else DATE
        codes = dict(block.codes) if isinstance(block, ParameterDef) else None
        assert kind is not None
        before, after = (shown(value, kind, self.lang, codes) for value in (part.before, part.after))
        return before, after

    @staticmethod
    def _switched(measure: Measure, condition: str) -> str:
        """What a condition has become: settled once for all, or merely another."""
        tests = {item.name: item.test for item in measure.conditions}
        test = tests.get(condition)
        if isinstance(test, Literal):
            return msg("always met") if test.value else msg("never met")
        return HOW["changed"]
