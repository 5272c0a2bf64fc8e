"""Rounds of an award in which two candidates may stand equal."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.rulebook.checking.review.asking import ask
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.model.findings import Finding


def rounds_with_ties(pack: Pack) -> Iterator[Finding]:
    """Awards with fewer places than candidates, where the text gives no order in which ties are broken."""
    for award in pack.measures.values():
        if isinstance(award, Award) and award.quota is not None and not _is_stated(award):
            yield ask("REVIEW-010", award)


def _is_stated(award: Award) -> bool:
    """Whether the text orders candidates by anything but a number of ours."""
    return any(key.value is not None for key in award.order)
