"""Division codes: two digits a province, four a city, six a county, nine a township, twelve a village. They nest."""

from __future__ import annotations

LENGTHS = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}
LEVELS = {length: level for level, length in LENGTHS.items()}


def is_area_code(text: str) -> bool:
    """Whether the text is a division code in its short form.

    >>> is_area_code("331124"), is_area_code("331100000000"), is_area_code("33112")
    (True, True, False)
    """
    return text.isascii() and text.isdigit() and len(text) in LEVELS


def level_of(code: str) -> str:
    """The level of a code, by its length.

    >>> level_of("3311")
    'city'
    """
    return LEVELS[len(code)]


def lineage(code: str) -> tuple[str, ...]:
    """The code and the codes of everything it lies in, nearest first.

    >>> lineage("331124101")
    ('331124101', '331124', '3311', '33')
    """
    return tuple(code[:length] for length in sorted(LEVELS, reverse=True) if length <= len(code))


def ancestor(code: str, level: str) -> str | None:
    """The code of the area of `level` that a code lies in; None when the code is wider.

    >>> ancestor("331124101", "county")
    '331124'
    """
    length = LENGTHS[level]
    return code[:length] if len(code) >= length else None
