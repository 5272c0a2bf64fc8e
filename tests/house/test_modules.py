"""Modules say what they are for and are named after it; exemptions say why."""

import ast
import re
from pathlib import Path

from tools.repository import ROOT, below, text_of

SAY_NOTHING = {"base", "common", "core", "data", "handler", "helper", "helpers", "info", "manager", "misc", "service"}
SAY_NOTHING |= {"services", "shared", "stuff", "tool", "util", "utils"}
MODULES = below("src", "tools", suffix=".py")
PYTHON = [*MODULES, *below("tests", "bench", suffix=".py")]
EXEMPTION = re.compile(r"#\s*(?:noqa: [A-Z\d, ]+|type: ignore\[[\w, -]+\]|pragma: no (?:cover|branch))(?P<reason>.*)$")
MODULES_WITHOUT_TWIN = 74  # may only be lowered
OFFICE = Path("src/luoshi/office")


WRITTEN = [path for path in PYTHON if path.parent.name != "migrations"]  # those Django writes


def test_a_module_says_what_it_is_for() -> None:
    trees = {str(path): ast.parse(text_of(path)) for path in WRITTEN}
    silent = [path for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)]
    assert silent == [], "one sentence on what it is for"


def test_a_module_is_named_after_what_it_holds() -> None:
    assert [str(path) for path in MODULES if {*path.parts[:-1], path.stem} & SAY_NOTHING] == []


def test_an_exemption_says_why() -> None:
    lines = [(path, *line) for path in PYTHON for line in enumerate(text_of(path).splitlines(), 1)]
    marks = [(f"{path}:{number}", EXEMPTION.search(line)) for path, number, line in lines if "re.compile" not in line]
    assert [place for place, mark in marks if mark and not re.search(r"\w{3}", mark["reason"])] == []


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
