"""Prints a block: short values without expressions on one line in braces, everything else one entry per line."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.rulebook.formatting.forms import Form, has_expression
from luoshi.rulebook.formatting.scalars import is_one_line, written
from luoshi.rulebook.formatting.tree import Collection, Item, Scalar, Value, has_comments
from luoshi.rulebook.formatting.width import WIDTH, filled, shown_width

STEP = "  "
MOST_LEVELS_IN_BRACES = 2
MAY_STAND_ON_ONE_LINE = frozenset({"norm", "parameter", "fund", "department", "office", "policy"})
"""The kinds of block whose entries are so short that a whole one may stand on a line; and policy.yaml."""


def laid_out(block: Collection, form: Form, kind: str) -> str:
    """The text of a block; `form` is that of its content as a whole."""
    lines = _Printer(kind in MAY_STAND_ON_ONE_LINE).entries(block, form, "")
    return "".join(f"{line}\n" for line in lines)


class _Printer:
    """Prints collections. Entries of the block itself are printed at length unless they may stand on one line."""

    def __init__(self, may_shorten_entries: bool) -> None:
        self.may_shorten_entries = may_shorten_entries

    def entries(self, found: Collection, form: Form, indent: str) -> Iterator[str]:
        """The lines of a collection, one entry after the other."""
        for place, item in enumerate(found.items):
            if item.after_blank and place:
                yield ""
            inner = form.of((item.key.text or "") if item.key else "")
            yield from self._item(item, inner, indent)
        yield from (indent + comment for comment in found.foot)

    def _item(self, item: Item, form: Form, indent: str) -> Iterator[str]:
        may_shorten = self.may_shorten_entries or bool(indent)
        head = indent + ("- " if item.key is None else _key(item.key) + ": ")
        short = _on_one_line(item.value, form, WIDTH - shown_width(head)) if may_shorten else None
        lines = [head + short] if short is not None else [*self._at_length(item, form, head, indent)]
        above = [indent + comment for comment in item.above]
        beside = "  ".join(item.beside)
        if beside and item.key is None and short is None:
            above, beside = [*above, indent + beside], ""
        if item.key is None and short is None and isinstance(item.value, Collection):
            above, lines = _comments_above_dash(above, lines, indent)
        yield from above
        yield lines[0] + (f"  {beside}" if beside else "")
        yield from lines[1:]

    def _at_length(self, item: Item, form: Form, head: str, indent: str) -> Iterator[str]:
        if isinstance(item.value, Scalar):
            yield from _folded(item.value, head, indent)
        elif not item.value.items:
            yield head + ("{}" if item.value.is_mapping else "[]")
        elif item.key is None:
            inner = [*self.entries(item.value, form, indent + STEP)]
            first = next(place for place, line in enumerate(inner) if _is_entry(line))
            yield from inner[:first]
            yield head + inner[first].lstrip(" ")
            yield from inner[first + 1 :]
        else:
            yield head.rstrip()
            yield from self.entries(item.value, form, indent + STEP)


def _is_entry(line: str) -> bool:
    return not line.lstrip(" ").startswith("#")


def _comments_above_dash(above: list[str], lines: list[str], indent: str) -> tuple[list[str], list[str]]:
    """Comments that would stand between a dash and its entry go above the dash."""
    first = next(place for place, line in enumerate(lines) if _is_entry(line))
    return [*above, *(indent + line.lstrip(" ") for line in lines[:first])], lines[first:]


def _key(key: Scalar) -> str:
    return written(key.text, quoted=key.quoted, in_braces=False)


def _on_one_line(value: Value, form: Form, room: int) -> str | None:
    """The value on one line; None when it does not fit or is better read over several."""
    if isinstance(value, Scalar):
        short = written(value.text, quoted=value.quoted, in_braces=False)
        return short if is_one_line(value.text or "") and shown_width(short) <= room else None
    if has_comments(value) or has_expression(value, form) or _levels(value) > MOST_LEVELS_IN_BRACES:
        return None
    if _has_long_list(value) or not _are_all_one_line(value):
        return None
    short = _in_braces(value)
    return short if shown_width(short) <= room else None


def _levels(value: Value) -> int:
    """How many mappings stand inside each other."""
    if isinstance(value, Scalar):
        return 0
    return value.is_mapping + max((_levels(item.value) for item in value.items), default=0)


def _has_long_list(value: Value) -> bool:
    """Whether there is a list of several collections: such a list reads as a table, a line for each."""
    if isinstance(value, Scalar):
        return False
    collections = sum(isinstance(item.value, Collection) for item in value.items)
    return (not value.is_mapping and collections > 1) or any(_has_long_list(item.value) for item in value.items)


def _are_all_one_line(value: Value) -> bool:
    if isinstance(value, Scalar):
        return is_one_line(value.text or "")
    return all(_are_all_one_line(item.value) for item in value.items)


def _in_braces(value: Value) -> str:
    if isinstance(value, Scalar):
        return written(value.text, quoted=value.quoted, in_braces=True)
    inner = ", ".join(_entry_in_braces(item) for item in value.items)
    return f"{{{inner}}}" if value.is_mapping else f"[{inner}]"


def _entry_in_braces(item: Item) -> str:
    if item.key is None:
        return _in_braces(item.value)
    return f"{written(item.key.text, quoted=item.key.quoted, in_braces=True)}: {_in_braces(item.value)}"


def _folded(value: Scalar, head: str, indent: str) -> Iterator[str]:
    """A value too long for one line: as folded text where it has spaces to break at, literally where it has lines."""
    text = value.text or ""
    inner = indent + STEP
    lines = _lines(value, WIDTH - len(inner)) if is_one_line(text) else _literal_lines(text)
    if len(lines) < 2:
        yield head + written(value.text, quoted=value.quoted, in_braces=False)
        return
    yield head + (">-" if is_one_line(text) else "|" if text.endswith("\n") else "|-")
    yield from (inner + line if line else "" for line in lines)


def _lines(value: Scalar, room: int) -> list[str]:
    """The lines of a long text: as its author broke them if they fit, else filled."""
    text = value.text or ""
    if value.lines and all(shown_width(line) <= room for line in value.lines):
        return list(value.lines)
    if text != " ".join(text.split()):
        return [text]  # more than one space in a row would be lost
    return filled(text.split(" "), room)


def _literal_lines(text: str) -> list[str]:
    """The lines of a text that can stand literally; none when there are signs to escape or spaces would be lost."""
    lines = text.removesuffix("\n").split("\n")
    plain = all(is_one_line(line) and line == line.strip() for line in lines)
    return lines if plain and lines[0] and lines[-1] else []
