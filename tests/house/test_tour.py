"""The tour of the README says what happens."""

import json

import pytest
from click.testing import CliRunner

from luoshi.command import main
from tools.repository import ROOT

CASE = ROOT / "docs" / "tour" / "workshop.yaml"
MEASURE = "stable-employment-half-year"


@pytest.mark.parametrize(
    ("day", "outcome", "states"),
    [
        ("2019-07-14", "undetermined", {"five_workers": "met", "paid_in_full": "unknown"}),
        ("2019-07-13", "ineligible", {"five_workers": "unmet"}),
    ],
)
def test_the_workshop_of_the_tour(day: str, outcome: str, states: dict[str, str]) -> None:
    called = ["decide", "dingxi-2018", "--case", str(CASE), "--on", day, "--measure", MEASURE, "--json"]
    shown = CliRunner().invoke(main, called)
    assert shown.exit_code == 0
    (measure,) = json.loads(shown.output)["measures"]
    assert measure["outcome"] == outcome
    found = {condition["name"]: condition["state"] for condition in measure["conditions"]}
    assert states.items() <= found.items()
