"""The command as a whole: help at once, misspelt commands put right."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from luoshi.command.group import COMMANDS

Call = Callable[..., Any]


def test_help_lists_the_commands_in_order(luoshi: Call) -> None:
    result = luoshi("--help")
    assert result.exit_code == 0
    listed = [
        line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ") and line.split()[0] in COMMANDS
    ]
    assert listed == list(COMMANDS)
    assert luoshi("-h").stdout == result.stdout


RUNNING = {"serve", "worker"}  # they run until they are stopped and print no result


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(luoshi: Call, name: str) -> None:
    result = luoshi(name, "--help")
    assert result.exit_code == 0
    assert ("--json" in result.stdout) is (name not in RUNNING)


def test_a_misspelt_command_gets_the_nearest_name(luoshi: Call) -> None:
    result = luoshi("decid")
    assert result.exit_code == 2
    assert "No such command: decid. Did you mean: decide?" in result.stderr


def test_an_unknown_command_gets_all_names(luoshi: Call) -> None:
    assert f"Commands: {', '.join(COMMANDS)}." in luoshi("zzz").stderr


def test_an_unknown_option_is_refused(luoshi: Call) -> None:
    assert luoshi("--verbose").exit_code == 2


def test_without_arguments_there_is_help(luoshi: Call) -> None:
    assert "decide" in luoshi().output


def test_the_version(luoshi: Call) -> None:
    assert luoshi("--version").stdout.startswith("luoshi 0.")


def test_help_needs_neither_the_engine_nor_arrow() -> None:
    probe = (
        "import sys\n"
        "from luoshi.command import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'duckdb', 'pyarrow', 'numpy', 'pydantic', 'lark', 'rich'} & set(sys.modules)\n"
        "print('loaded:', sorted(heavy))\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_a_misspelt_command_in_a_process(process: Call) -> None:
    result = process("chek")
    assert (result.returncode, result.stdout) == (2, "")
    assert "Did you mean: check?" in result.stderr
