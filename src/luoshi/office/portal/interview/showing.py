"""An interview on its pages: what one can be, how it stands, and what has come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.office.desk.deciding import ORDER, DecidedReport, DecidedView
from luoshi.office.portal import policies
from luoshi.office.portal.interview import asking
from luoshi.office.portal.interview.answers import Areas, find_leaf, place_of
from luoshi.office.portal.interview.askable import askable
from luoshi.office.portal.interview.asking import PRAISE, Interview
from luoshi.office.portal.interview.keeping import Kept
from luoshi.office.portal.interview.wording import Asker
from luoshi.office.registry.areas import area as find_area
from luoshi.office.registry.areas import area_children
from luoshi.office.registry.store import KeptStore
from luoshi.office.runs import local
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Who:
    """Something that one can be, with what there is for it."""

    register: str
    words: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A measure as it stands: outcome, and the amount where it is known."""

    id: str
    title: str
    outcome: str
    amount: str


@dataclass(frozen=True)
class Said:
    """An answer that was given."""

    key: str
    question: str
    answer: str


def whos(pack: Pack, today: date, lang: str) -> list[Who]:
    """Whom the measures of a policy are for, those with most measures first."""
    found: dict[str, list[str]] = {}
    for measure in policies.offered(pack, today):
        if measure.support != PRAISE:
            found.setdefault(measure.register, []).append(measure.title.say(lang))
    order = sorted(found, key=lambda register: -len(found[register]))
    return [Who(name, pack.registers[name].row.say(lang), tuple(found[name])) for name in order]


def interview(pack: Pack, kept: Kept, today: date) -> Interview:
    """The interview as it stands, under what localities have set; division rows come from the office."""
    settings = local.settings_of(pack, today)
    return asking.interview(askable(pack), settings, today, kept.answers, _areas(pack), kept.only)


def _areas(pack: Pack) -> Areas:
    store = KeptStore(pack)
    return lambda code: store.row(policies.AREA, code)


def cards(found: Interview, lang: str) -> list[Card]:
    """Every measure as it stands, what can be had first."""
    told = []
    for item in found.decision.determinations:
        amount = item.measure.amount
        words = shown(item.amount, amount.type, lang) if amount is not None and item.amount is not None else ""
        told.append(Card(item.measure.id, item.measure.title.say(lang), item.outcome.word, words))
    return sorted(told, key=lambda card: ORDER.index(card.outcome))


def outcomes(found: Interview, on: date, lang: str) -> DecidedView:
    """Everything that has come of it, with reasons."""
    pack = found.askable.pack
    return DecidedReport(pack, lang).view(found.decision, Reporter(pack, on).decision(found.decision))


def said(found: Interview, kept: Kept, asker: Asker, lang: str) -> list[Said]:
    """The answers so far, in words."""
    told = []
    where = place_of(found.askable.pack, kept.register)
    for key, text in kept.given.items():
        leaf = find_leaf(found.askable.pack, kept.register, key)
        if leaf is not None:
            place = find_area(text) if leaf == where and text else None
            told.append(Said(key, asker.title(leaf), place.name if place else asker.answer(leaf, text)))
    return told


def places(code: str) -> dict[str, Any]:
    """The divisions right below one, to choose from, and the name of that one."""
    above = find_area(code)
    return {"below": area_children(code), "above": above.name if above else ""}
