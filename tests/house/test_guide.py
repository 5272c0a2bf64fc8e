"""The guide does what it says: its files are written, its commands run, and their output is what stands there.

A fence marked `text NAME`, `yaml NAME`, `csv NAME` or `markdown NAME` is a file, or the new end of one when the name
ends in `+`. `clause NAME` is a part of a file: its first line is a heading, and it replaces what stands from that
heading to the next; with `+` the rest is added to the end of that part. `console` holds commands after `$ ` and lines
of their output, in order; `…` stands for what is left out, and `echo $?` shows the status of the command before it.
A command may write its output to a file with `>`.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from luoshi.command import main
from tools.repository import ROOT

GUIDE = ROOT / "docs" / "guides" / "write-a-pack.md"
FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<kind>[a-z]+)(?: (?P<name>[\w./+-]+))?\n(?P<content>.*?)^(?P=ticks)$", re.M | re.S
)
FILES = {"text", "yaml", "csv", "markdown"}


class Reader:
    """Somebody who follows the guide in an empty folder."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.status = 0

    def follow(self, kind: str, name: str | None, content: str) -> None:
        """Do what one fence says."""
        if kind == "console":
            for command, expected in _commands(content):
                self.run(command, expected)
        elif kind == "clause" and name:
            _replace_part(Path(name.removesuffix("+")), content, is_more=name.endswith("+"))
        elif kind in FILES and name:
            path = Path(name.removesuffix("+"))
            before = path.read_text(encoding="utf-8") if name.endswith("+") else ""
            path.parent.mkdir(exist_ok=True)
            path.write_text(before + content, encoding="utf-8")

    def run(self, command: str, expected: list[str]) -> None:
        """Run a command; its output must have the expected lines in their order."""
        if command == "echo $?":
            assert expected == [str(self.status)]
            return
        called, _, file = command.partition(" > ")
        program, *arguments = shlex.split(called)
        assert program == "luoshi"
        result = CliRunner().invoke(main, arguments)
        if file:
            Path(file).write_text(result.output, encoding="utf-8")
        self.status = result.exit_code
        assert result.exception is None or isinstance(result.exception, SystemExit), command
        _assert_in_order(
            [_plain(line) for line in expected], [_plain(line) for line in result.output.splitlines()], command
        )


def _commands(content: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in content.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip() not in {"…", ""}:
            found[-1][1].append(line)
    return found


def _plain(line: str) -> str:
    return " ".join(line.split())


def _assert_in_order(expected: list[str], shown: list[str], command: str) -> None:
    rest = iter(shown)
    for line in expected:
        wanted = re.compile(".*".join(map(re.escape, line.split("…"))))
        assert any(map(wanted.fullmatch, rest)), f"{command}: not shown here:\n{line}\nbut:\n" + "\n".join(shown)


def _replace_part(path: Path, content: str, *, is_more: bool) -> None:
    first, _, rest = content.partition("\n")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if _numeral(line) == _numeral(first))
    after = (number for number in range(start + 1, len(lines)) if re.match("#{1,6} ", lines[number]))
    end = next(after, len(lines))
    part = [*lines[start:end], rest] if is_more else [content, "\n"]
    path.write_text("".join([*lines[:start], *part, *lines[end:]]), encoding="utf-8")


def _numeral(heading: str) -> str:
    return heading.partition(" · ")[0].rstrip()


@pytest.mark.timeout(600)
def test_the_guide_from_a_text_to_a_running_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader()
    fences = [match.group("kind", "name", "content") for match in FENCE.finditer(GUIDE.read_text(encoding="utf-8"))]
    assert len(fences) > 20
    for kind, name, content in fences:
        reader.follow(kind, name, content)
