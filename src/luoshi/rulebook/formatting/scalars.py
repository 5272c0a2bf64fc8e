"""How one value is written in YAML: plainly where that reads back as the same, in quotes where it would not."""

from __future__ import annotations

import json
import re

import yaml

_BARE = re.compile(
    r"""(?!---|\.\.\.)                        # no end of a document
        (?:[^ \-?:,\[\]{}\#&*!|>'"%@`] | [\-?:](?=[^ ]))
        (?:[^ :\#] | [ ](?=[^ ]) | :(?=[^ ]) | (?<!\ )\#)*""",
    re.VERBOSE,
)
_NOT_IN_BRACES = re.compile(r"^[:?]|:\?|[,\[\]{}]")
_NUMBER = re.compile(r"[-+]?(0o[0-7]+|0x[0-9a-fA-F]+|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_READ_AS_OTHERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers


def written(text: str | None, *, quoted: bool, in_braces: bool) -> str:
    """A value on one line. Quotes that keep a text from being read as a number, a date or a truth stay.

    >>> written("a, b", quoted=True, in_braces=False), written("a, b", quoted=True, in_braces=True)
    ('a, b', '"a, b"')
    >>> written("6211", quoted=True, in_braces=False), written("6211", quoted=False, in_braces=False)
    ('"6211"', '6211')
    """
    if text is None:
        return "null"
    if not is_bare(text) or (in_braces and _NOT_IN_BRACES.search(text)) or (quoted and is_other_than_text(text)):
        return _in_quotes(text)
    return text


def is_bare(text: str) -> bool:
    """Whether a text can stand without quotes outside of brackets and braces."""
    return bool(_BARE.fullmatch(text)) and not _UNSEEN.search(text)


def is_other_than_text(text: str) -> bool:
    """Whether readers of YAML take a text without quotes for a number, a date, a truth or nothing."""
    others = _READ_AS_OTHERS.get(text[:1], [])
    return bool(_NUMBER.fullmatch(text)) or any(pattern.match(text) for _tag, pattern in others)


def is_one_line(text: str) -> bool:
    """Whether a text has neither line breaks nor other signs that cannot be seen."""
    return not _UNSEEN.search(text)


def _in_quotes(text: str) -> str:
    if _UNSEEN.search(text):
        return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
