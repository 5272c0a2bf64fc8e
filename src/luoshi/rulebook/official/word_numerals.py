"""The numerals that Word counts by itself: they stand in no text and must be counted again."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from luoshi.rulebook.official.numerals import in_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
SILENT = {"bullet", "none"}
LEVELS = 9


class Numerals:
    """Counts the numbered paragraphs of a Word file in the order in which they are asked for."""

    def __init__(self, document: Any) -> None:
        self._lists = _lists(document)
        self._styles = _styles(document)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def of(self, paragraph: Any) -> str:
        """The numeral in front of a paragraph, such as `（一）`; empty when it has none."""
        found = _numbering(paragraph.find(W + "pPr")) or self._styles.get(_style(paragraph))
        if found is None or found[0] not in self._lists:
            return ""
        number, level = found
        kind, levels = self._lists[number]
        if level not in levels:
            return ""
        counts = self._counts[kind]
        counts[level] = counts.get(level, levels[level][0] - 1) + 1
        for deeper in range(level + 1, LEVELS):
            counts.pop(deeper, None)
        return _label(levels, counts, level)


def _label(levels: dict[int, tuple[int, str, str]], counts: dict[int, int], level: int) -> str:
    _, form, text = levels[level]
    if form in SILENT:
        return ""
    for index in range(LEVELS):
        start, shown, _ = levels.get(index, (1, "decimal", ""))
        value = counts.get(index, start)
        text = text.replace(f"%{index + 1}", in_chinese(value) if shown in CHINESE else str(value))
    return text


def _value(element: Any, name: str, otherwise: str = "") -> str:
    child = None if element is None else element.find(W + name)
    return otherwise if child is None else str(child.get(W + "val", otherwise))


def _numbering(properties: Any) -> tuple[str, int] | None:
    """The list and level that properties of a paragraph name."""
    numbered = None if properties is None else properties.find(W + "numPr")
    number, level = _value(numbered, "numId"), _value(numbered, "ilvl", "0")
    return (number, int(level)) if number and level.isdecimal() else None


def _style(paragraph: Any) -> str:
    return _value(paragraph.find(W + "pPr"), "pStyle")


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    """The list and level that styles of paragraphs bring with them."""
    styles = document.styles.element.iter(W + "style")
    found = {style.get(W + "styleId"): _numbering(style.find(W + "pPr")) for style in styles}
    return {name: numbered for name, numbered in found.items() if numbered}


def _lists(document: Any) -> dict[str, tuple[str, dict[int, tuple[int, str, str]]]]:
    """Every list: the definition it follows, and for each level its start, its form and its text."""
    part = next((part for part in document.part.package.iter_parts() if part.partname.endswith("/numbering.xml")), None)
    root = getattr(part, "element", None)
    if root is None:
        return {}
    kinds = {kind.get(W + "abstractNumId"): _levels(kind) for kind in root.iter(W + "abstractNum")}
    found = {}
    for item in root.iter(W + "num"):
        kind = _value(item, "abstractNumId")
        if kind in kinds:
            found[str(item.get(W + "numId"))] = (kind, kinds[kind])
    return found


def _levels(kind: Any) -> dict[int, tuple[int, str, str]]:
    found = {}
    for level in kind.iter(W + "lvl"):
        index, start = level.get(W + "ilvl", ""), _value(level, "start", "1")
        if index.isdecimal() and start.isdecimal():
            found[int(index)] = (int(start[:6]), _value(level, "numFmt", "decimal"), _value(level, "lvlText"))
    return found
