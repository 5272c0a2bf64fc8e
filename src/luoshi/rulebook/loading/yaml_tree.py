"""YAML as plain text values with line numbers. Anchors, aliases, tags and repeated keys are refused.

Every scalar stays the text that was written (`no` is not false, `180.00` keeps its scale); only an empty plain scalar,
`null` or `~` is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from luoshi.rulebook.model.findings import Findings, Where

Path = tuple[str | int, ...]
Tree = Mapping[str, "Tree"] | list["Tree"] | str | None

MOST_DEPTH = 16
MOST_NODES = 60_000


@dataclass
class Document:
    """A YAML document: its content and the line on which each path stands."""

    content: Tree
    lines: dict[Path, int] = field(default_factory=dict)
    first_line: int = 1

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest part of it that exists."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return self.first_line


class _Stop(Exception):
    """The document cannot be read further."""

    def __init__(self, code: str, line: int, **facts: object) -> None:
        self.code, self.line, self.facts = code, line, facts


def read_yaml(text: str, where: Where, findings: Findings) -> Document | None:
    """The document in `text`, whose first line is `where.line`; None, with a finding, when it cannot be read."""
    offset = max(where.line, 1)
    try:
        return _Composer(text, offset).document()
    except _Stop as stop:
        findings.add(stop.code, Where(where.file, stop.line, where.clause), **stop.facts)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = offset + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or "unreadable"
        findings.add("PACK-010", Where(where.file, line, where.clause), problem=str(problem))
    return None


class _Composer:
    """Builds a document from the parser's events."""

    def __init__(self, text: str, offset: int) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        self._offset = offset
        self._lines: dict[Path, int] = {}
        self._nodes = 0

    def document(self) -> Document:
        content: Tree = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                content = self._node(next(self._events), ())
                break
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _Stop("PACK-011", self._line(event))
        return Document(content, self._lines, self._offset)

    def _line(self, event: yaml.Event) -> int:
        mark = event.start_mark
        return (mark.line if mark else 0) + self._offset

    def _node(self, event: yaml.Event, path: Path) -> Tree:
        self._nodes += 1
        self._lines[path] = self._line(event)
        if len(path) > MOST_DEPTH or self._nodes > MOST_NODES:
            raise _Stop("PACK-012", self._line(event), depth=MOST_DEPTH, nodes=MOST_NODES)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or self._tagged(event):
            raise _Stop("PACK-013", self._line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    @staticmethod
    def _tagged(event: yaml.Event) -> bool:
        return getattr(event, "tag", None) is not None

    def _sequence(self, path: Path) -> Tree:
        items: list[Tree] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> Tree:
        entries: dict[str, Tree] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or self._tagged(event):
                raise _Stop("PACK-014", self._line(event))
            if event.value in entries:
                raise _Stop("PACK-015", self._line(event), key=event.value)
            entries[event.value] = self._node(next(self._events), (*path, event.value))
            self._lines[*path, event.value] = self._line(event)
        return entries


def _scalar(event: yaml.ScalarEvent) -> str | None:
    if not event.style and event.value in {"", "null", "~"}:
        return None
    return str(event.value)
