"""A YAML tree against its shape: validation errors as findings at the line of the offending key."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError

from luoshi.rulebook.loading.shapes.written import Shape
from luoshi.rulebook.loading.yaml_tree import Document, Path
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import KindWords

S = TypeVar("S", bound=Shape)


def validate(shape: type[S], document: Document, path: Path, where: Where, findings: Findings) -> S | None:
    """The part of a document at `path` as a shape; None, with findings, when it does not fit."""
    content: Any = document.content
    for step in path:
        content = content[step]
    try:
        return shape.model_validate(content)
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            _note(error, shape, document, path, where, findings)
    return None


def _note(error: Any, shape: type[Shape], document: Document, path: Path, where: Where, findings: Findings) -> None:
    location = tuple(error["loc"])
    place = Where(where.file, document.line((*path, *location)), where.clause)
    key = ".".join(str(step) for step in location)
    if error["type"] == "missing":
        findings.add("PACK-031", place, name=str(path[-1]) if path else where.file, key=key)
    elif error["type"] == "extra_forbidden":
        findings.add("PACK-032", place, key=key, near=_nearest(str(location[-1]), shape))
    else:
        findings.add("PACK-033", place, key=key, seen=_short(error.get("input")), expected=_expected(error))


def _nearest(name: str, shape: type[Shape]) -> str:
    known = [field.alias or key for key, field in shape.model_fields.items()]
    return ", ".join(get_close_matches(name, known, 2)) or ", ".join(known)


def _short(value: Any) -> str:
    return str(value)[:80]


def _expected(error: Any) -> object:
    """What would have been right, in words that can be said in every language."""
    if error["type"] == "literal_error":
        return str(error["ctx"]["expected"])
    if error["type"] == "value_error":
        return KindWords(error["ctx"]["error"])
    return _WORDS.get(error["type"]) or str(error["msg"])


_WORDS = {
    "string_type": KindWords("text"),
    "dict_type": KindWords("a mapping: name and value, one per line"),
    "model_type": KindWords("a mapping: name and value, one per line"),
    "list_type": KindWords("a list"),
    "string_pattern_mismatch": KindWords("a name in small letters"),
    "string_too_long": KindWords("a shorter name"),
    "string_too_short": KindWords("an expression"),
    "too_short": KindWords("at least one entry"),
    "too_long": KindWords("fewer entries"),
}
