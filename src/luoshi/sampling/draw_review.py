"""Checks draws, conditions and paths against the types of the columns drawn so far."""

from __future__ import annotations

from math import prod

from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.model.types import DATE, Bool, Code, Date, Number, Ref, Type
from luoshi.sampling.areas import Areas
from luoshi.sampling.city import AREA, MONTH
from luoshi.sampling.fitting import HELPER_NUMBER, check_value, fitting_kinds, implied_type
from luoshi.sampling.plan import Plan
from luoshi.sampling.texts import SERIAL
from luoshi.sampling.vocabulary import Condition, Draw, Pick, is_number

MOST_WORDS = 200_000
Keys = tuple[str | int, ...]
Types = dict[str, Type]


class DrawReview:
    """Knows the columns of the registers that are `done`, and those of the one at hand as far as they are drawn."""

    def __init__(self, plan: Plan, pack: Pack, areas: Areas, findings: Findings) -> None:
        self.plan, self.pack, self.areas, self.findings = plan, pack, areas, findings
        self.done: dict[str, Types] = {}
        self.register = ""
        self.types: Types = {}

    def note(self, code: str, keys: Keys, **facts: object) -> None:
        """Note one problem at a key of the plan."""
        self.findings.add(code, self.plan.where(*keys), **facts)

    def draw(self, draw: Draw, kind: Type | None, keys: Keys) -> Type | None:
        """The type that a draw gives; a field of the pack has the type that the pack says."""
        own = implied_type(draw, lambda path: self.path(path, self.register, keys))
        if kind is not None and draw.kind not in fitting_kinds(kind):
            self._misfit(keys, draw.kind, kind, *fitting_kinds(kind))
            return kind
        target = kind or own
        if target is None:
            return None
        if draw.field and own is not None and not _copies_to(own, target):
            self._misfit(keys, str(own), target)
        if not isinstance(target, Number) and (draw.times or draw.step or (draw.least, draw.most) != (None, None)):
            self._misfit(keys, "times, min, max, step", target)
        if draw.until and not isinstance(target, Date):
            self._misfit(keys, "until", target)
        self._written(draw, target, keys)
        self._texts(draw, keys)
        self._nested(draw, target, keys)
        return target

    def _misfit(self, keys: Keys, seen: str, kind: Type, *expected: str) -> None:
        self.note("SAMPLE-011", keys, name=_column(keys), seen=seen, type=str(kind), expected=expected or (str(kind),))

    def _written(self, draw: Draw, kind: Type, keys: Keys) -> None:
        for text in [draw.value, *(draw.choice or {})]:
            problem = None if text is None else check_value(kind, text, self.areas)
            if problem:
                self.note("SAMPLE-012", keys, name=_column(keys), seen=text, expected=problem)
        for text in [*draw.times, *([draw.chance] if draw.chance else [])]:
            if not is_number(text):
                self.path(text, self.register, keys, Number, Bool)
            elif problem := check_value(HELPER_NUMBER, text, self.areas):
                self.note("SAMPLE-012", keys, name=_column(keys), seen=text, expected=problem)

    def _texts(self, draw: Draw, keys: Keys) -> None:
        if draw.serial is not None and not SERIAL.fullmatch(draw.serial):
            self.note("SAMPLE-017", keys, name=_column(keys), seen=draw.serial)
        if draw.words is not None and not 0 < prod(len(part) for part in draw.words) * len(draw.words) <= MOST_WORDS:
            self.note("SAMPLE-017", keys, name=_column(keys), seen="words")
        if draw.citizen_id:
            self.path(draw.citizen_id.birth, self.register, keys, Date)
            sex = self.path(draw.citizen_id.sex, self.register, keys, Code)
            if isinstance(sex, Code) and not {"female", "male"} <= set(sex.codes):
                self._misfit(keys, str(sex), Code(("female", "male")))

    def _nested(self, draw: Draw, kind: Type, keys: Keys) -> None:
        for index, case in enumerate(draw.cases or []):
            self.condition(case.when, self.register, (*keys, "cases", index, "when"))
            self.draw(case.then, kind, (*keys, "cases", index, "then"))
        self._dates(draw, keys)
        if draw.pick:
            self._pick(draw.pick, kind, (*keys, "pick"))

    def _dates(self, draw: Draw, keys: Keys) -> None:
        if draw.year:
            self.path(draw.year, self.register, keys, Date)
        for span in draw.dates or []:
            self.bounds([*span.start, *span.to], self.register, (*keys, "dates"))
        if draw.after:
            self.path(draw.after.date, self.register, (*keys, "after"), Date)
            for part in (draw.after.days, draw.after.months):
                if part:
                    self.draw(part, HELPER_NUMBER, (*keys, "after"))
        if draw.month:
            self.path(MONTH, self.register, (*keys, "month"))
            self.draw(draw.month.day, HELPER_NUMBER, (*keys, "month", "day"))

    def bounds(self, texts: list[str], register: str, keys: Keys) -> None:
        """Check dates, or paths to dates."""
        for text in texts:
            if not is_number(text):
                self.path(text, register, keys, Date)
            elif problem := check_value(DATE, text, self.areas):
                self.note("SAMPLE-012", keys, name=_column(keys), seen=text, expected=problem)

    def _pick(self, pick: Pick, kind: Type, keys: Keys) -> None:
        if pick.register_name not in self.done:
            self.note("SAMPLE-006", keys, register=pick.register_name, known=list(self.done))
            return
        if kind != Ref(pick.register_name):
            self._misfit(keys, str(Ref(pick.register_name)), kind)
        self.condition(pick.where, pick.register_name, (*keys, "where"))
        if pick.weight:
            self.path(pick.weight, pick.register_name, (*keys, "weight"), Number)
        if pick.other_than:
            self.path(pick.other_than, self.register, (*keys, "other_than"), Ref)
        declared = ".".join(self.pack.registers[self.register].area) or AREA
        if pick.within and (pick.near or self.register != AREA):
            self.path(pick.near or declared, self.register, (*keys, "near" if pick.near else "within"), Ref)

    def condition(self, condition: Condition, register: str, keys: Keys) -> None:
        """Check the paths and values of a condition on a register's rows."""
        for path, test in condition.items():
            kind = self.path(path, register, (*keys, path))
            texts = [*(test.any_of or []), *(test.none_of or []), test.least, test.most, test.below]
            for text in texts if kind is not None else []:
                problem = None if text is None or kind is None else check_value(kind, text, self.areas)
                if problem:
                    self.note("SAMPLE-012", (*keys, path), name=path, seen=text, expected=problem)

    def path(self, path: str, register: str, keys: Keys, *wanted: type[Type]) -> Type | None:
        """The type at the end of a path that begins at a register's row."""
        kind: Type | None = Ref(register)
        for name in path.split("."):
            at = kind.register if isinstance(kind, Ref) else ""
            types = self.types if at == self.register else self.done.get(at)
            if types is None and at:
                self.note("SAMPLE-006", keys, register=at, known=list(self.done))
                return None
            kind = (types or {}).get(name)
            if kind is None:
                self.note("SAMPLE-008", keys, register=at, path=path, name=name, known=sorted(types or {}))
                return None
        if wanted and not isinstance(kind, wanted):
            self.note(
                "SAMPLE-011", keys, name=path, seen=str(kind), type=str(kind), expected=[w.__name__ for w in wanted]
            )
        return kind


def _column(keys: Keys) -> str:
    """The column that a key is about, such as the fourth part of registers.shop.fields.owner.pick."""
    return str(keys[3] if len(keys) > 3 and "fields" in keys else keys[-1])


def _copies_to(source: Type, target: Type) -> bool:
    """Whether values of one type can stand in a column of another."""
    if isinstance(source, Code) and isinstance(target, Code):
        return set(source.codes) <= set(target.codes)
    if isinstance(target, Number):
        return isinstance(source, Number | Bool)
    return source == target
