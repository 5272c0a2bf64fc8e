"""`luoshi simulate --case`: one household through both sides of a change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.command.conftest import BLOCKS, CASE
from tests.unit.rulebook.packs import write_pack

Call = Callable[..., Any]
ON = "2019-07-14"


def test_one_case_through_both(luoshi: Call, pack: str, case: Call) -> None:
    base = ("simulate", pack, "--case", case(), "--on", ON)
    told = json.loads(luoshi(*base, "--set", "share=0.80", "--set", "least=7", "--json").stdout)
    by_id = {item["id"]: item for item in told["measures"]}
    grant = by_id["stable-grant"]
    assert (grant["changed"], grant["why"]) == (True, {"conditions": ["big"], "causes": ["least"], "clauses": ["0/1"]})
    assert (grant["before"]["outcome"], grant["after"]["outcome"]) == ("eligible", "ineligible")
    assert by_id["local-share"]["after"]["amount"] == "1.20"
    assert by_id["best"] | {"before": None, "after": None} == {
        "id": "best",
        "changed": False,
        "why": None,
        "before": None,
        "after": None,
    }


def test_one_case_is_told_side_by_side(luoshi: Call, pack: str, case: Call) -> None:
    base = ("simulate", pack, "--case", case(), "--on", ON, "--lang", "en")
    told = luoshi(*base, "--set", "share=0.80", "--set", "least=7").stdout
    for line in (
        "stability grant  [1/1]  eligible 3.00 → not eligible",
        "  because of: least size [0/1]",
        "    ✓ size is at least least size (size 6, least size 5)",
        "    ✗ size is at least least size (size 6, least size 7)",
        "interest grant  [1/1]  undetermined → eligible 1.20",
        "    missing: interest share",
        "best thing  [1/1]  eligible 200.00, as before",
    ):
        assert line in told
    assert "always met" in luoshi(*base, "--without", "stable-grant.big").stdout
    assert "not in force" in luoshi(*base, "--after-on", "1999-12-31").stdout


def test_a_measure_that_a_side_does_not_have(luoshi: Call, pack: str, case: Call, tmp_path: Path) -> None:
    start, end = BLOCKS.index("open-award:"), BLOCKS.index("--- fact")
    edited = write_pack(tmp_path / "edited" / "tiny", BLOCKS[:start] + BLOCKS[end:])
    told = luoshi("simulate", pack, "--case", case(), "--on", ON, "--with", edited, "--lang", "en").stdout
    assert "open award  [1/1]  eligible → not in the pack" in told


@pytest.mark.parametrize(
    ("text", "code"),
    [("rows: {}\n", "CASE-019"), ("subject: thng\n", "CASE-011"), (CASE.replace("6,", "x,"), "CASE-015")],
)
def test_a_case_that_cannot_be_used(luoshi: Call, pack: str, case: Call, text: str, code: str) -> None:
    result = luoshi("simulate", pack, "--case", case(text), "--on", ON, "--set", "share=0.80")
    assert result.exit_code == 2
    assert code in result.stderr
