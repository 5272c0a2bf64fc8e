"""The words for kinds of values, as findings use them."""

from __future__ import annotations

from luoshi.rulebook.model.types import KindWords
from luoshi.rulebook.wording.marking import msg

KINDS = frozenset(
    {
        msg("yes or no"),
        msg("whole number"),
        msg("number"),
        msg("date"),
        msg("code"),
        msg("text"),
        msg("reference"),
        msg("share of a whole"),
        msg("a value"),
        msg("number or date"),
        msg("reference, text, code or number"),
        msg("true or false"),
        msg("a real date such as 2019-07-14"),
        msg("a division code of 2, 4, 6, 9 or 12 digits"),
        msg("a number such as 12"),
        msg("a number such as 0.50"),
        msg("at most so many decimal places"),
        msg("a smaller number"),
        msg("a mapping: name and value, one per line"),
        msg("a list"),
        msg("a name in small letters"),
        msg("a shorter name"),
        msg("an expression"),
        msg("at least one entry"),
        msg("fewer entries"),
        msg("a date such as 2018-12-22"),
        msg("a whole number"),
    }
)


def split(words: KindWords) -> tuple[str, str]:
    """The words that are translated, and the details in parentheses that are not."""
    base, mark, details = words.partition(" (")
    return base, mark + details
