"""What the policy comes to for one row as it is kept now, for people to look at and to keep."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.office.awards.rules import Rules
from luoshi.office.database.secrecy import masked
from luoshi.office.registry.store import KeptStore
from luoshi.office.runs import local
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.nodes import Node, Value
from luoshi.rulebook.model.types import Bool, Date, Number
from luoshi.rulebook.wording import LANGUAGES

SHORTEST_MASKED = 4
Json = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """Outcome and amount for a row, with the values of the award's order and the explanation."""

    outcome: str
    amount: Decimal | None
    keys: list[Json]
    report: Json


class Looker:
    """Looks at rows under an award as of a day; what is the same for all rows is made once."""

    def __init__(self, rules: Rules, on: date) -> None:
        self._rules, self._nodes = rules, [key.value for key in rules.award.order if key.value is not None]
        self._engine = CaseEngine(rules.pack, on, local.settings_of(rules.pack, on))
        self._reporter = Reporter(rules.pack, on)

    def look(self, row_id: int | str) -> Seen:
        """What the award comes to for a row. `KeyError` where no such row is kept."""
        pack, award = self._rules.pack, self._rules.award
        store = KeptStore(pack)
        run = self._engine.start(store)
        found = self._engine.determine(run, award.id, row_id)
        values = [step.value for step in self._engine.values(run, award.register, row_id, self._nodes)]
        keys = [_key(pack, node, value) for node, value in zip(self._nodes, values, strict=True)]
        report = self._reporter.determination(found)
        amount = None if found.amount is None else Decimal(str(found.amount))
        return Seen(found.outcome.word, amount, _masked(keys, store.unsealed), _masked(report, store.unsealed))


def look(rules: Rules, on: date, row_id: int | str) -> Seen:
    """What an award comes to for one row as of a day. `KeyError` where no such row is kept."""
    return Looker(rules, on).look(row_id)


def _key(pack: Pack, node: Node, value: Value | None) -> Json:
    """A value of the order: by what it is compared, and what it says in both languages."""
    said = {lang: shown(value, node.type, lang) for lang in LANGUAGES}
    title = {lang: Phrases(pack, lang).phrase(node) for lang in LANGUAGES}
    return {"title": title, "value": said, "by": _comparable(node, value)}


def _comparable(node: Node, value: Value | None) -> str | None:
    if value is None or not isinstance(node.type, Bool | Date | Number):
        return value if value is None else str(value)
    if isinstance(value, date):
        return str(value.toordinal())
    assert not isinstance(value, str)
    return str(int(value)) if isinstance(value, bool) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _masked(told: Any, texts: Iterable[str]) -> Any:
    """The same with each of these texts masked wherever it stands."""
    written = json.dumps(told, ensure_ascii=False)
    for text in sorted(texts, key=len, reverse=True):
        if len(text) >= SHORTEST_MASKED and (inside := json.dumps(text, ensure_ascii=False)[1:-1]) in written:
            written = written.replace(inside, json.dumps(masked(text), ensure_ascii=False)[1:-1])
    return json.loads(written)
