"""Questions in words: by the titles of fields and facts, with why each is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi.office.portal.interview.answers import NOT_YET, UNKNOWN, Answers, Leaf, place_of, type_of, valued
from luoshi.office.portal.interview.askable import AskablePack
from luoshi.office.portal.interview.asking import Open
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Share, Type

_BLANKS = re.compile(r"（[^（）]*空白[^（）]*）|\s*\([^()]*blank[^()]*\)")
"""What a title says of blank cells, which only a ledger has."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen."""

    value: str
    words: str


@dataclass(frozen=True)
class Why:
    """A measure that waits for an answer."""

    id: str
    title: str


@dataclass(frozen=True)
class QuestionView:
    """A question: `kind` is `choice`, `place`, `number`, `share` or `date`; `hint` says how a figure is counted."""

    key: str
    kind: str
    about: str
    title: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    step: str = ""
    hint: str = ""
    may_be_open: bool = False
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class Asker:
    """Words the questions of a pack in one language. `source` is the pack as it was before it was made askable."""

    askable: AskablePack
    source: Pack
    lang: str

    def question(self, leaf: Leaf, answers: Answers, waiting: Open | None = None) -> QuestionView:
        """A leaf as a question."""
        pack, kind = self.askable.pack, type_of(self.askable.pack, leaf.register, leaf.name)
        is_place = leaf == place_of(pack, answers.register)
        field = pack.registers[leaf.register].fields.get(leaf.name)
        return QuestionView(
            key=leaf.key,
            kind="place" if is_place else _kind(kind),
            about=self._about(leaf, answers.register),
            title=self.title(leaf),
            choices=() if is_place else self._choices(kind, field.codes if field else {}),
            unit=_unit(kind, self.lang),
            step=str(kind.step) if isinstance(kind, Number) else "",
            hint=self._hint(leaf),
            may_be_open=may_be_open(pack, leaf),
            why=tuple(Why(name, pack.measures[name].title.say(self.lang)) for name in waiting.measures)
            if waiting
            else (),
        )

    def title(self, leaf: Leaf) -> str:
        """What a leaf is called."""
        pack = self.askable.pack
        field = pack.registers[leaf.register].fields.get(leaf.name)
        title = (field.title if field else pack.fact(leaf.register, leaf.name).title).say(self.lang)
        return _BLANKS.sub("", title)

    def answer(self, leaf: Leaf, text: str) -> str:
        """An answer in words."""
        kind = type_of(self.askable.pack, leaf.register, leaf.name)
        if text == UNKNOWN:
            return _("不清楚")
        if text == NOT_YET:
            return _("还没有")
        field = self.askable.pack.registers[leaf.register].fields.get(leaf.name)
        value = valued(kind, text)
        return shown(value, kind, self.lang, dict(field.codes) if field else None) if kind is not None else text

    def _about(self, leaf: Leaf, register: str) -> str:
        """Whose fact it is, where it is not of the one who answers."""
        words = []
        for ref in leaf.path:
            field = self.askable.pack.registers[register].fields[ref]
            words.append(field.title.say(self.lang))
            register = getattr(field.type, "register", register)
        return _("、").join(words)

    def _choices(self, kind: Type | None, codes: Mapping[str, Bilingual]) -> tuple[Choice, ...]:
        if isinstance(kind, Bool):
            return Choice("true", _("是")), Choice("false", _("不是"))
        if isinstance(kind, Code):
            return tuple(Choice(code, codes[code].say(self.lang) if code in codes else code) for code in kind.codes)
        return ()

    def _hint(self, leaf: Leaf) -> str:
        """How a fact is worked out where the office does, in words."""
        fact = self.source.facts.get((leaf.register, leaf.name))
        return Phrases(self.source, self.lang).phrase(fact.value) if fact is not None and fact.value is not None else ""


def may_be_open(pack: Pack, leaf: Leaf) -> bool:
    """Whether a leaf is a day that may not have come yet."""
    field = pack.registers[leaf.register].fields.get(leaf.name)
    return field is not None and field.blank_never


def read_answer(pack: Pack, leaf: Leaf, text: str) -> str | None:
    """What was typed as an answer is kept; None for what cannot be one."""
    text = "".join(text.split()).replace(",", "").replace("，", "")
    kind = type_of(pack, leaf.register, leaf.name)
    try:
        value = valued(kind, text)
    except (Mismatch, ValueError):
        return None
    return None if value is None and text != UNKNOWN else text


def _kind(kind: Type | None) -> str:
    return {Number: "number", Date: "date", Share: "share"}.get(type(kind), "choice")


def _unit(kind: Type | None, lang: str) -> str:
    return shown(1, kind, lang).partition(" ")[2] if isinstance(kind, Number) else ""
