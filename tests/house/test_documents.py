"""What documents name exists: files, commands with their options, make targets."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tools.repository import ROOT, below, text_of, tracked

DOCUMENTS = [
    path for path in tracked() if path.suffix == ".md" and "packs" not in path.parts and path.parts[0] != "bench"
]
READMES = [Path("README.md"), Path("README.zh.md")]
CODE = re.compile(r"```.*?```|^ {4}[^\n]+$|`[^`\n]+`", re.S | re.M)
COMMAND = re.compile(r"(?:^|[`$]|&&|\|)\s*(?:\.venv/bin/)?luoshi ([a-z-]+)([^`\n|&#]*)", re.M)
TARGET = re.compile(r"(?:^|[`$])\s*make ([a-z][a-z-]*)", re.M)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|#)([^)#]+)")
INNER_PATH = re.compile(r"`((?:src|tests|tools|docs|bench)/[\w./-]+)`")


def code_of(path: Path) -> str:
    """The code in a document: fences, indented blocks, spans."""
    return "\n".join(CODE.findall(text_of(path)))


def commands_in(path: Path) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in COMMAND.finditer(code_of(path))]


@cache
def help_of(command: str) -> str:
    luoshi = Path(sys.executable).with_name("luoshi")
    shown = subprocess.run([luoshi, command, "--help"], capture_output=True, encoding="utf-8", check=False)
    return shown.stdout if shown.returncode == 0 else ""


@cache
def targets() -> dict[str, str]:
    """Targets of the Makefile with what they say about themselves."""
    return dict(re.findall(r"^([a-z][a-z-]*):[^#\n]*## (.+)$", text_of(Path("Makefile")), re.M))


def test_documents_name_commands() -> None:
    assert {command for path in READMES for command, _ in commands_in(path)} >= {"check", "decide", "run"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_commands_and_their_options_exist(path: Path) -> None:
    for command, rest in commands_in(path):
        assert help_of(command), f"{path}: there is no command luoshi {command}"
        for option in re.findall(r"(?<=\s)--[a-z-]+", rest):
            assert option in help_of(command), f"{path}: luoshi {command} has no option {option}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_targets_exist_and_say_what_they_do(path: Path) -> None:
    unknown = set(TARGET.findall(code_of(path))) - set(targets())
    assert not unknown, f"{path}: make has no documented target {sorted(unknown)}"


def test_every_target_is_listed() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", text_of(Path("Makefile")), re.M)
    assert phony and set(phony[1].split()) - {"static"} == set(targets())


def test_continuous_integration_runs_make_test_only() -> None:
    lines = [line for line in text_of(Path(".ci/run")).splitlines() if line and not line.startswith("#")]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_links_and_paths_lead_somewhere(path: Path) -> None:
    text = text_of(path)
    wanted = [path.parent / link for link in LINK.findall(text)] + [Path(name) for name in INNER_PATH.findall(text)]
    lost = [str(target) for target in wanted if not (ROOT / target).exists()]
    assert not lost, f"{path} points at what is not there: {lost}"


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (re.findall(r"^ {4}(?:luoshi|make) .+$", text_of(path), re.M) for path in READMES)
    assert english
    assert [re.sub(r"\s+#.*", "", line) for line in english] == [re.sub(r"\s+#.*", "", line) for line in chinese]


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = (re.findall(r"^#+(?= )", text_of(path), re.M) for path in READMES)
    assert english == chinese


RECORDS = [path for path in below("docs", suffix=".md") if path.parent.name == "decisions"]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=str)
def test_a_decision_is_short_and_complete(path: Path) -> None:
    text = text_of(path)
    assert text.startswith(f"# {path.name[:4]} ")
    assert all(f"\n{part}:" in text for part in ("Context", "Decision", "Consequences"))
    assert 10 <= len(text.splitlines()) <= 30
