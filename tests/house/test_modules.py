"""Modules say what they are for and are named after it; exemptions say why."""

import ast
import re
from pathlib import Path

import pytest

from tools.repository import ROOT, below, text_of

SAY_NOTHING = {"base", "common", "core", "data", "handler", "helper", "helpers", "info", "manager", "misc", "service"}
SAY_NOTHING |= {"services", "shared", "stuff", "tool", "util", "utils"}
MODULES = below("src", "tools", suffix=".py")
PYTHON = [*MODULES, *below("tests", "bench", suffix=".py")]
EXEMPTION = re.compile(r"#\s*(?:noqa: [A-Z\d, ]+|type: ignore\[[\w, -]+\]|pragma: no (?:cover|branch))(?P<reason>.*)$")
MODULES_WITHOUT_TWIN = 74  # may only be lowered
OFFICE = Path("src/luoshi/office")


WRITTEN = [path for path in PYTHON if path.parent.name != "migrations"]  # those Django writes


@pytest.mark.parametrize("path", WRITTEN, ids=str)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(text_of(path))
    assert not tree.body or ast.get_docstring(tree), f"{path}: one sentence on what it is for"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_is_named_after_what_it_holds(path: Path) -> None:
    assert not {*path.parts[:-1], path.stem} & SAY_NOTHING, f"{path}: name it after the thing it holds"


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_an_exemption_says_why(path: Path) -> None:
    for number, line in enumerate(text_of(path).splitlines(), 1):
        mark = EXEMPTION.search(line)
        if mark and "re.compile" not in line:
            assert re.search(r"\w{3}", mark["reason"]), f"{path}:{number}: write the reason behind it"


def test_nothing_shipped_needs_what_is_not_shipped() -> None:
    wanted = [
        path
        for path in below("src", suffix=".py")
        if re.search(r"^\s*(from|import) (tests|tools|bench)\b", text_of(path), re.M)
    ]
    assert not wanted


def test_apps_of_the_service_have_their_tests() -> None:
    """The service is tested by what it does, on a real database: a folder of tests for each app."""
    apps = {
        path.relative_to(OFFICE).parts[0] for path in MODULES if path.is_relative_to(OFFICE) and path.stem == "apps"
    }
    assert apps
    assert not {app for app in apps if not list((ROOT / "tests" / "office" / app).glob("test_*.py"))}


def test_modules_have_their_tests() -> None:
    modules = [path for path in below("src", suffix=".py") if not path.is_relative_to(OFFICE)]
    without = [path for path in modules if path.stem != "__init__" and not any(map(Path.exists, _twins(path)))]
    listed = "\n".join(map(str, without))
    assert len(without) <= MODULES_WITHOUT_TWIN, f"modules without a file of the same name in tests/unit:\n{listed}"


def _twins(module: Path) -> list[Path]:
    inner = module.relative_to("src/luoshi")
    return [ROOT / "tests" / kind / inner.with_name(f"test_{inner.name}") for kind in ("unit", "office")]
