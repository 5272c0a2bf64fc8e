"""Reads YAML for its layout: the parser's nodes, and the comments that stand between its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from luoshi.rulebook.formatting.tree import Collection, Item, Scalar, Value

_COMMENT = re.compile(r"#[^\n]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")
_BLANK_BEFORE = re.compile(r"\n[ \t]*\n[ \t\-]*\Z")


@dataclass(frozen=True)
class Comment:
    """A comment: where it begins, and whether it has its line to itself, or shares it with a dash only."""

    index: int
    column: int
    text: str
    is_alone: bool


def read_tree(text: str) -> Value | None:
    """The content of a text that `read_yaml` accepts; None when there is none."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    if node is None:
        return None
    reader = _Reader(text, list(_comments(text)))
    beside: list[str] = []
    value = reader.value(node, beside)
    if isinstance(value, Collection):
        value.foot += beside + [comment.text for comment in reader.waiting]
    return value


def _comments(text: str) -> Iterator[Comment]:
    """The comments of a text: what begins with # between its scalars."""
    start = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if not isinstance(token, yaml.ScalarToken):
            continue
        first, end = token.start_mark.index, token.end_mark.index
        yield from (_comment(text, found.start(), found[0]) for found in _COMMENT.finditer(text, start, first))
        if token.style in ("|", ">") and (header := _BLOCK_HEADER.match(text, first)):
            yield _comment(text, header.start(1), header[1])
        start = end
    yield from (_comment(text, found.start(), found[0]) for found in _COMMENT.finditer(text, start))


def _comment(text: str, index: int, found: str) -> Comment:
    before = text[text.rfind("\n", 0, index) + 1 : index]
    return Comment(index, len(before), found.rstrip(), not before.strip(" \t-"))


class _Reader:
    """Builds values from nodes and gives each comment to the entry it stands with."""

    def __init__(self, text: str, waiting: list[Comment]) -> None:
        self.text, self.waiting = text, waiting

    def value(self, node: yaml.Node, beside: list[str]) -> Value:
        """The value of a node; comments on its first line go to `beside`."""
        if isinstance(node, yaml.ScalarNode):
            end = node.end_mark.index
            beside += [comment.text for comment in self._until(end)]
            return _scalar(node, self.text)
        assert isinstance(node, yaml.CollectionNode)
        found = Collection(isinstance(node, yaml.MappingNode))
        for part in node.value:
            self._entry(part, found, beside)
        self._close(node, found, beside)
        return found

    def _entry(self, part: yaml.Node | tuple[yaml.Node, yaml.Node], found: Collection, beside: list[str]) -> None:
        key, node = part if isinstance(part, tuple) else (None, part)
        first = (key or node).start_mark.index
        above = self._above(self._until(first), found.items[-1].beside if found.items else beside)
        blank = bool(found.items) and self._is_after_blank(above[0].index if above else first)
        own: list[str] = []
        value = self.value(node, own)
        name = _scalar(key, self.text) if key else None
        item = Item(value, name, [comment.text for comment in above], own, blank)
        if name is None and isinstance(value, Collection) and value.items:
            item.above += value.items[0].above  # nothing can stand between a dash and its entry
            value.items[0].above = []
        found.items.append(item)

    @staticmethod
    def _above(comments: list[Comment], beside: list[str]) -> list[Comment]:
        """The comments on lines of their own; the others stand beside what came before."""
        beside += [comment.text for comment in comments if not comment.is_alone]
        return [comment for comment in comments if comment.is_alone]

    def _close(self, node: yaml.CollectionNode, found: Collection, beside: list[str]) -> None:
        """Comments after the last entry: those as deep as the entries belong to them, the others to what follows."""
        last = found.items[-1].beside if found.items else beside
        while self.waiting and self.waiting[0].index < node.end_mark.index:
            comment = self.waiting[0]
            if comment.is_alone and not node.flow_style and comment.column < node.start_mark.column:
                return
            (found.foot if comment.is_alone and found.items else last).append(self.waiting.pop(0).text)

    def _until(self, index: int) -> list[Comment]:
        """The waiting comments that begin before a position; they wait no longer."""
        ready = [comment for comment in self.waiting if comment.index < index]
        del self.waiting[: len(ready)]
        return ready

    def _is_after_blank(self, index: int) -> bool:
        return bool(_BLANK_BEFORE.search(self.text, max(0, index - 200), index))


def _scalar(node: yaml.Node, text: str) -> Scalar:
    assert isinstance(node, yaml.ScalarNode)
    if not node.style and node.value in {"", "null", "~"}:
        return Scalar(None)
    raw = text[node.start_mark.index : node.end_mark.index]
    lines = tuple(line.strip() for line in raw.splitlines()[1:] if line.strip()) if node.style == ">" else ()
    return Scalar(str(node.value), bool(node.style), lines if " ".join(lines) == node.value else ())
