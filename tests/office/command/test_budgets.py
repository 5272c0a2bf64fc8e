"""`luoshi budgets`: the budgets of a list, each given once, all of them or none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from luoshi.command import main
from luoshi.office.registry.building import build
from luoshi.office.runs import actions, library
from luoshi.office.treasury.models import Entry

pytestmark = [pytest.mark.usefixtures("apart"), pytest.mark.slow]
PACK, DEMONSTRATION = "dingxi-2018", Path("tools/demonstration/budgets.csv")
HEAD = "pack,fund,year,area,tier,amount,reason,document\n"
GOOD = f"{PACK},city-post-money,2021,6211,city,500.00,年初,样财〔2021〕1号\n"


def told(file: Path, *lines: str) -> str:
    file.write_text(HEAD + "".join(lines), encoding="utf-8")
    return CliRunner().invoke(main, ["budgets", str(file), "--json"]).output


def test_a_list_is_given_once_or_not_at_all(tmp_path: Path) -> None:
    build([library.pack(PACK)])
    actions.install(PACK, by="tester")
    file = tmp_path / "budgets.csv"
    wrong = [
        GOOD.replace("city,500", "county,500"), GOOD.replace(PACK, "ghost"), GOOD.replace("city-post-money", "ghost"),
        GOOD.replace("500.00", "0"), GOOD.replace("500.00", "much"), GOOD.replace("2021,", "soon,"),
    ]  # fmt: skip
    for line in wrong:
        assert "line 3" in told(file, GOOD, line), line
    assert "the columns are" in CliRunner().invoke(main, ["budgets", __file__]).output
    assert not Entry.objects.exists()
    (given,) = json.loads(told(file, GOOD))
    assert (given["fund"], given["amount"]) == ("city-post-money", "500.00")
    assert json.loads(told(file, GOOD)) == [] and Entry.objects.count() == 1
