"""Drawing references: in the same area, once each, by weight, not the one named."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

PEOPLE = """
registers:
  household:
    rows: {each: area, where: {level: village, kind: village}, size: {value: 10}}
    fields:
      poor: {chance: 0.3}
      _pull: {choice: {0: 1, 1: 1, 3: 1}}
  person:
    rows: {each: household, size: {value: 2}}
    fields:
      able: {chance: 0.6}
  shop:
    rows: {total: %d}
    fields:
      area: {pick: {register: area, where: {level: village}}}
      owner: {pick: {register: person, %s}}
      %s
"""


def people(sampled: Callable[..., Any], how: str, shops: int = 300, more: str = "") -> Any:
    return sampled(PEOPLE % (shops, how, more))


def areas_of_owners(registers: Any) -> list[str]:
    household = registers["household"]["area"]
    return [household[registers["person"]["household"][owner]] for owner in registers["shop"]["owner"]]


def test_in_the_same_area_or_the_next_wider_one(sampled: Callable[..., Any]) -> None:
    registers = people(sampled, "within: village")
    pairs = list(zip(registers["shop"]["area"], areas_of_owners(registers), strict=True))
    assert all(shop == owner for shop, owner in pairs if shop[9] == "2")
    communities = [(shop, owner) for shop, owner in pairs if shop[9] == "0"]
    assert communities
    assert all(shop[:9] == owner[:9] for shop, owner in communities)


def test_only_rows_that_fit_a_condition_also_of_what_they_point_at(sampled: Callable[..., Any]) -> None:
    registers = people(sampled, 'where: {able: true, household.poor: {not: "true"}}')
    for owner in registers["shop"]["owner"]:
        assert registers["person"]["able"][owner]
        assert not registers["household"]["poor"][registers["person"]["household"][owner]]


def test_once_each_and_near_while_there_is_room(sampled: Callable[..., Any]) -> None:
    registers = people(sampled, "within: county, once: true", shops=400)
    owners = registers["shop"]["owner"]
    assert len(set(owners)) == 400
    near = [
        shop[:6] == owner[:6] for shop, owner in zip(registers["shop"]["area"], areas_of_owners(registers), strict=True)
    ]
    assert sum(near) > 350


def test_too_few_for_once_each_leaves_some_without_and_says_so(sampled: Callable[..., Any], tmp_path: Path) -> None:
    owners = people(sampled, "once: true", shops=425)["shop"]["owner"]
    assert owners.count(None) == 5
    assert len(set(owners) - {None}) == 420
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["short"] == {"shop.owner": 5}


def test_nobody_to_pick_leaves_all_without(sampled: Callable[..., Any]) -> None:
    assert set(people(sampled, "where: {able: {known: false}}")["shop"]["owner"]) == {None}
    assert set(people(sampled, "where: {able: {known: false}}, once: true")["shop"]["owner"]) == {None}


def test_by_weight(sampled: Callable[..., Any]) -> None:
    more = "_home: {pick: {register: household, weight: _pull}}\n      staff: {field: _home._pull}"
    times = Counter(people(sampled, "within: village", shops=4000, more=more)["shop"]["staff"])
    assert times[0] == 0
    assert 2.6 < times[3] / times[1] < 3.6


def test_by_weight_within_an_area(sampled: Callable[..., Any]) -> None:
    more = "_home: {pick: {register: household, weight: _pull, within: county}}\n      staff: {field: _home._pull}"
    assert set(people(sampled, "within: village", more=more)["shop"]["staff"]) == {1, 3}


def test_not_the_one_named(sampled: Callable[..., Any]) -> None:
    more = "second: {pick: {register: person, within: village, near: owner.household.area, other_than: owner}}"
    shop = people(sampled, "within: village", shops=2000, more=more)["shop"]
    pairs = list(zip(shop["owner"], shop["second"], strict=True))
    assert all(first != second for first, second in pairs)
    assert len({second for _, second in pairs}) > 350


def test_an_unknown_place_looks_everywhere(sampled: Callable[..., Any]) -> None:
    more = """_nowhere: {cases: [{when: {owner: {known: false}}, field: area}]}
      second: {pick: {register: person, within: village, near: _nowhere}}"""
    shop = people(sampled, "within: village", shops=500, more=more)["shop"]
    assert None not in shop["second"]
