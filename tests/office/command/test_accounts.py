"""`luoshi accounts`: the accounts of a list, with their first passwords."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from luoshi.command import main
from luoshi.office.accounts.models import User

pytestmark = [pytest.mark.usefixtures("apart"), pytest.mark.slow]


def test_accounts_of_a_list_are_shown_once(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("username,display_name,role,area,department\nwang,样例,auditor,6211,\n", encoding="utf-8")
    called = ["accounts", str(file), "--from", "2026-01-01", "--json"]
    (told,) = json.loads(CliRunner().invoke(main, called).output)
    user = User.objects.get(username="wang")
    assert user.check_password(told["password"]) and user.has_first_password
    assert json.loads(CliRunner().invoke(main, called).output) == []


def test_for_a_demonstration_first_passwords_stay(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("username,display_name,role,area,department\nwang,样例,auditor,6211,\n", encoding="utf-8")
    CliRunner().invoke(main, ["accounts", str(file), "--from", "2026-01-01", "--keep-passwords"])
    assert not User.objects.get(username="wang").has_first_password


def test_a_wrong_list_is_refused_by_line(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("username,display_name,role,area,department\nwang,样例,king,6211,\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["accounts", str(file), "--from", "2026-01-01"])
    assert told.exit_code == 1
    assert "line 2" in told.output
