"""Several people at one sheet at the same moment, each with a connection of their own: nothing double, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from luoshi.office.registry.queries import count
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library
from luoshi.office.sheets import actions
from luoshi.office.sheets.errors import SheetError
from luoshi.office.sheets.models import Entry, Sheet
from tests.office.sheets.place import CADRE, IDS, PACK, VILLAGER, Place, given, moment, opened, settle, with_posts

HANDS = 4


@pytest.fixture(scope="module")
def place(apart_together: None) -> Iterator[Place]:
    settle()
    found = Place(library.pack(PACK))
    with_posts(found, IDS)
    yield found


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What became of each of some acts begun at the same moment."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except SheetError as error:
            return error.kind
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_entries_and_confirmations_at_once(place: Place) -> None:
    sheet, owner = opened(place), place.ids["an-holding"]

    def entering(number: int) -> Callable[[], object]:
        one = given(owner, served="true" if number % 2 else "false")
        return lambda: actions.enter(sheet, [one], moment(VILLAGER))[0].outcome

    outcomes = at_once([entering(number) for number in range(HANDS)])
    first = Entry.objects.get()
    assert sorted(map(str, outcomes)) == ["conflict", "conflict", "taken", "taken"]
    assert (first.number, first.sheet_id) == (1, sheet.pk)

    handed = at_once([lambda: actions.hand_in(sheet, moment(VILLAGER))] * HANDS)
    assert sorted(map(str, handed)) == ["1", "state", "state", "state"]

    confirmers = [replace(CADRE, name=f"cadre-{number}") for number in range(HANDS)]
    confirmed = at_once([lambda one=one: actions.confirm(sheet, moment(one)) for one in confirmers])  # type: ignore[misc] # bound to each
    assert sorted(map(str, confirmed)) == ["1", "state", "state", "state"]
    assert count(table_of(place.pack, "post_payment"), "") == 1
    assert Sheet.objects.get(pk=sheet.pk).state == Sheet.State.OPEN  # one of the two is still missing
