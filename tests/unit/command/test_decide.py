"""`luoshi decide`: one case with reasons, in words and as JSON; status 0 for any decision, 2 for bad input."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from luoshi.rulebook.loading import load_pack
from tests.unit.command.conftest import CASE

Call = Callable[..., Any]
ON = "2019-07-14"


def test_the_decision_as_json(luoshi: Call, pack: str, case: Call) -> None:
    result = luoshi("decide", pack, "--case", case(), "--on", ON, "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert (told["pack"], told["pack_hash"], told["on"]) == ("tiny", load_pack(pack).hash, ON)
    by_id = {measure["id"]: measure for measure in told["measures"]}
    assert list(by_id) == ["stable-grant", "local-share", "best", "open-award"]
    grant = by_id["stable-grant"]
    assert (grant["clause"], grant["outcome"], grant["amount"]) == ("1/1", "eligible", "3.00")
    assert (grant["unit"], grant["discretion"], grant["missing"]) == ("CNY", "may", [])
    assert [item["id"] for item in grant["assumptions"]] == ["strict"]
    big = grant["conditions"][0]
    assert (big["name"], big["clause"], big["state"]) == ("big", "1/1", "met")
    assert big["reason"] == {
        "zh": "大小不少于下限（大小 6、下限 5）",
        "en": "size is at least least size (size 6, least size 5)",
    }
    share = by_id["local-share"]
    assert (share["outcome"], share["amount"]) == ("undetermined", None)
    assert [(item["kind"], item["name"]) for item in share["missing"]] == [("parameter", "share")]


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ("size: 6", "size: 6", "eligible"),
        ("size: 6", "size: 4", "ineligible"),
        ("size: 6, ", "", "undetermined"),
    ],
)
def test_any_decision_has_status_0(luoshi: Call, pack: str, case: Call, before: str, after: str, outcome: str) -> None:
    path = case(CASE.replace(before, after))
    result = luoshi("decide", pack, "--case", path, "--on", ON, "--measure", "stable-grant", "--json")
    assert result.exit_code == 0
    assert [item["outcome"] for item in json.loads(result.stdout)["measures"]] == [outcome]


def test_a_decision_told_in_english(luoshi: Call, pack: str, case: Call) -> None:
    told = luoshi("decide", pack, "--case", case(), "--on", ON, "--lang", "en").stdout
    for line in (
        "tiny policy  2019-07-14",
        "stability grant  [1/1]  eligible  3.00 CNY",
        "  ✓ big enough: size is at least least size",
        "      size 6  ← thing",
        "      least size 5  ← clause 0/1",
        "  amount: price × 2 = 1.50 yuan × 2 = 3.00 yuan",
        "  may be given; the authority decides",
        "  rests on: read strictly",
        "interest grant  [1/1]  undetermined",
        "  missing local parameter: interest share",
        "Limits and targets",
        "  ✓ the cap  [1/1]  met",
        "  ? blue only  [1/1]  unknown",
    ):
        assert line in told


def test_a_decision_told_in_chinese(luoshi: Call, pack: str, case: Call) -> None:
    told = luoshi("decide", pack, "--case", case(CASE.replace("size: 6", "size: 4")), "--on", ON).stdout
    for line in (
        "小策  2019-07-14",
        "稳定补助  [1/1]  不符合",
        "  ✗ 够大：大小不少于下限\n",
        "      下限 5  ← 条款 0/1",
        "（相差 1）",
    ):
        assert line in told


def test_limits_that_do_not_apply_are_left_out(luoshi: Call, pack: str, case: Call) -> None:
    told = luoshi(
        "decide", pack, "--case", case(CASE.replace("size: 6", "size: 6, colour: red")), "--on", ON, "--lang", "en"
    )
    assert "blue only" not in told.stdout


def test_before_its_day_nothing_is_in_force_but_in_a_simulation(luoshi: Call, pack: str, case: Call) -> None:
    told = luoshi("decide", pack, "--case", case(), "--on", "1999-12-31", "--lang", "en").stdout
    assert "stability grant  [1/1]  not in force" in told
    simulated = luoshi(
        "decide", pack, "--case", case(), "--on", "1999-12-31", "--as-if-in-force", "--lang", "en"
    ).stdout
    assert "Simulation: the policy is not in force." in simulated
    assert "best thing  [1/1]  undetermined" in simulated


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("subject: thng\n", "CASE-011"),
        ("rows: {}\n", "CASE-019"),
        ("[", "PACK-010"),
        ("subject: thing\nfields: {sise: 1}\n", "CASE-018"),
    ],
)
def test_bad_input_has_findings_and_status_2(luoshi: Call, pack: str, case: Call, text: str, code: str) -> None:
    result = luoshi("decide", pack, "--case", case(text), "--on", ON)
    assert (result.exit_code, result.stdout) == (2, "")
    assert code in result.stderr
    as_json = luoshi("decide", pack, "--case", case(text), "--on", ON, "--json")
    assert (as_json.exit_code, as_json.stderr) == (2, "")
    assert [item["code"] for item in json.loads(as_json.stdout)["findings"]] == [code]


def test_a_measure_that_is_not_there(luoshi: Call, pack: str, case: Call) -> None:
    result = luoshi("decide", pack, "--case", case(), "--on", ON, "--measure", "stable-grand", "--lang", "en")
    assert result.exit_code == 2
    assert "CASE-020" in result.stderr and "Did you mean: stable-grant" in result.stderr


def test_a_case_file_that_is_not_there(luoshi: Call, pack: str) -> None:
    result = luoshi("decide", pack, "--case", "none.yaml", "--on", ON)
    assert result.exit_code == 2
    assert "CASE-001" in result.stderr


def test_a_broken_pack_is_refused(luoshi: Call, broken: str, case: Call) -> None:
    result = luoshi("decide", broken, "--case", case(), "--on", ON)
    assert result.exit_code == 2
    assert "PACK-031" in result.stderr


def test_in_a_process(process: Call, pack: str, case: Call) -> None:
    result = process("decide", pack, "--case", case(), "--on", ON, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["measures"][0]["amount"] == "3.00"
    refused = process("decide", pack, "--case", case("subject: thng\n"), "--on", ON)
    assert (refused.returncode, refused.stdout) == (2, "")
