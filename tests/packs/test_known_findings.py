"""The ambiguities that the specification knows come out of the review of the packs."""

from __future__ import annotations

import re
from functools import cache

import pytest

from luoshi.rulebook.checking.review.ambiguities import open_readings
from luoshi.rulebook.checking.review.figures import figures_that_do_not_add_up
from luoshi.rulebook.checking.review.responsibility import values_left_to_localities
from luoshi.rulebook.checking.review.thresholds import unequal_wording
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from tests.packs.test_sources import ABSENT, SPEC

IDS = {
    "dingxi-2018-a.md": r"^\| (A\d-\d+) \|",
    "dingxi-2018-b.md": r"\b(\d-A\d+|LP-\d-\d+)\b",
    "lishui-draft.md": r"\b(L-A\d+|LP-\d\d)\b",
}
PACKS = {"dingxi-2018": ("dingxi-2018-a.md", "dingxi-2018-b.md"), "lishui-draft": ("lishui-draft.md",)}


@cache
def pack(name: str) -> Pack:
    return load_pack(name)


@pytest.mark.shared
@ABSENT
@pytest.mark.parametrize("name", PACKS)
def test_every_ambiguity_and_local_figure_of_the_specification_is_asked_about(name: str) -> None:
    known = {
        match for file in PACKS[name] for match in re.findall(IDS[file], (SPEC / file).read_text("utf-8"), re.MULTILINE)
    }
    found = [*open_readings(pack(name), []), *values_left_to_localities(pack(name))]
    asked = {part for item in found for part in re.findall(r"[A-Z0-9]+-[A-Z0-9-]+", item.facts["ref"])}
    asked |= {part for item in pack(name).parameters.values() for part in re.findall(r"LP-\d-?\d+", item.ref or "")}
    assert len(known) > 30
    assert known - asked == set()


def test_the_arithmetic_of_the_draft_that_does_not_add_up() -> None:
    found = {item.facts["name"] for item in figures_that_do_not_add_up(pack("lishui-draft"))}
    assert {"average-broker-against-leading-bar", "scale-points-against-fees"} <= found
    assert "average-broker-against-leading-jobs" not in found


def test_the_threshold_that_the_draft_words_in_two_ways() -> None:
    found = [(item.facts["quantity"], item.facts["value"]) for item in unequal_wording(pack("lishui-draft"))]
    assert ("persons_reached", 1000) in found


def test_the_arithmetic_of_the_notice_that_does_not_add_up() -> None:
    assert [item.facts["name"] for item in figures_that_do_not_add_up(pack("dingxi-2018"))] == [
        "thresholds-against-target",
        "solar-average-village-within-single-size",
        "solar-average-household-as-planned",
        "supported-villages-all-poor",
    ]
