"""`luoshi test --mutants` and `--tried`: what is told in the terminal and as JSON, and the examples proposed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.command.thoroughness import Thoroughness
from luoshi.rulebook.checking.testing import run_examples
from luoshi.rulebook.loading import load_pack
from tests.unit.rulebook.packs import pack_of, write_pack

Call = Callable[..., Any]
BLOCKS = """measure
m: {title: BOTH, for: thing, conditions: {a: size > 5 and good}, frequency: once, discretion: may}
--- limit
l: {title: BOTH, of: thing, when: size > 0, holds: {a: good and size < 9}, force: hard}
--- example
T1 at it: {as_of: 2019-07-14, subject: thing, fields: {size: 5, good: true}, expect: {m: {outcome: ineligible}}}
T2:
  like: T1 at it
  fields: {size: 6}
  expect: {m: {outcome: eligible}}
"""
LINE = {"m": 6, "l": 10, "T1": 14}


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(write_pack(tmp_path / "p", BLOCKS))


def test_what_was_never_tried_is_listed_and_counted(luoshi: Call, folder: str) -> None:
    assert luoshi("test", folder, "--tried", "--lang", "en").stdout.splitlines() == [
        f"✗ 1-test.md:{LINE['m']} m: never tried just below",
        f"✗ 1-test.md:{LINE['l']} l: never tried exactly at it, just above",
        f"✗ 1-test.md:{LINE['l']} l: never tried unmet",
        f"✗ 1-test.md:{LINE['l']} l: never tried just below, exactly at it, just above",
        "tiny: 0 of 3 thresholds tried just below, at and just above",
        "tiny: 1 of 2 joined conditions seen met and unmet",
    ]


def test_it_is_told_in_the_language_of_the_reader(luoshi: Call, folder: str) -> None:
    said = luoshi("test", folder, "--tried", "--mutants").stdout.splitlines()
    assert said[0] == f"✗ 1-test.md:{LINE['m']} m：从未试过刚低于界限"
    assert said[4] == "tiny：3 个界限中，0 个试过刚低于、恰等于和刚高于"
    assert said[5] == "tiny：2 个联合条件中，1 个既见过满足也见过不满足"
    assert said[-1].startswith("tiny：") and "个细小改动中察觉" in said[-1]


def test_mutants_that_no_example_notices_are_listed_and_counted(luoshi: Call, folder: str) -> None:
    said = luoshi("test", folder, "--mutants", "--lang", "en").stdout.splitlines()
    assert f"✗ 1-test.md:{LINE['m']} m a: item 2 left out" in said
    assert not [line for line in said if line.endswith("m a: > to >=") or line.endswith("m a: item 1 left out")]
    assert said[-1] == "tiny: 5 of 21 mutants noticed, 23.8 %"
    assert len(said) == 17


def test_a_pack_without_anything_to_try(luoshi: Call, tmp_path: Path) -> None:
    base = "register\nthing: {title: BOTH, row: BOTH, fields: {size: {type: int, title: BOTH}}}\n"
    empty = write_pack(tmp_path / "p", "fund\nm: {title: BOTH, payer: county}\n", base)
    assert luoshi("test", empty, "--tried", "--mutants", "--propose", "--lang", "en").stdout.splitlines() == [
        "tiny: 0 of 0 thresholds tried just below, at and just above",
        "tiny: 0 of 0 joined conditions seen met and unmet",
        "tiny: 0 of 0 mutants noticed, 0.0 %",
    ]


def test_the_findings_as_json(luoshi: Call, folder: str) -> None:
    found = json.loads(luoshi("test", folder, "--tried", "--mutants", "--json").stdout)[folder]
    assert found["tried"][0] == {
        "file": "1-test.md",
        "line": LINE["m"],
        "block": "m",
        "threshold": False,
        "missing": [],
    }
    assert found["tried"][1] == {**found["tried"][0], "threshold": True, "missing": ["below"]}
    assert [item["block"] for item in found["tried"]] == ["m", "m", "l", "l", "l"]
    mutants = found["mutants"]
    assert (mutants["tried"], mutants["killed"], len(mutants["survivors"])) == (21, 5, 16)


@pytest.mark.parametrize(("every", "tried"), [("1", 21), ("2", 11), ("20", 2), ("21", 1), ("22", 1)])
def test_one_mutant_in_so_many(luoshi: Call, folder: str, every: str, tried: int) -> None:
    found = json.loads(luoshi("test", folder, "--mutants", "--every", every, "--json").stdout)[folder]
    assert found["mutants"]["tried"] == tried


def test_proposals_are_printed_below_what_they_were_made_from(luoshi: Call, folder: str) -> None:
    said = luoshi("test", folder, "--tried", "--propose", "--lang", "en").stdout
    proposals = [text.strip().splitlines() for text in said.partition("met and unmet\n")[2].split("\n\n")]
    (below,) = [lines for lines in proposals if lines and lines[0].endswith(" m below")]
    assert below == [
        f"# 1-test.md:{LINE['T1']} m below",
        "T1 with size 4:",
        "  like: T1 at it",
        "  fields: {size: 4}",
        "  expect:",
        "    m:",
        "      outcome: ineligible",
        "      unmet: [a]",
        "      unknown: []",
    ]


def test_proposals_put_into_the_pack_are_noticed_by_the_same_command(luoshi: Call, folder: str, tmp_path: Path) -> None:
    def look(place: str) -> Any:
        return json.loads(luoshi("test", place, "--tried", "--mutants", "--propose", "--json").stdout)[place]

    before = look(folder)
    closed = str(write_pack(tmp_path / "closed", BLOCKS + "\n".join(before["proposed"])))
    after = look(closed)
    assert [tested.problems for tested in run_examples(load_pack(closed)) if tested.problems] == []
    assert sum(len(item["missing"]) for item in after["tried"]) == 0
    assert after["mutants"]["killed"] > before["mutants"]["killed"]
    assert not [name for name in after["mutants"]["survivors"] if " m " in name]


def test_only_what_is_asked_for_is_looked_at() -> None:
    pack = pack_of(BLOCKS)
    found = Thoroughness(pack, 1, with_mutants=False, with_tried=False)
    found.find()
    assert (found.score, list(found.tried), found.json(), list(found.proposals())) == (None, [], {}, [])
