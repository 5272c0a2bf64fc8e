"""Every finding code with its words: what was seen and expected, and what to do."""

from __future__ import annotations

from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.wording import say
from luoshi.rulebook.wording.entries import Entry
from luoshi.rulebook.wording.findings.cases import CASE
from luoshi.rulebook.wording.findings.expressions import EXPR
from luoshi.rulebook.wording.findings.official import TEXT
from luoshi.rulebook.wording.findings.packs import PACK
from luoshi.rulebook.wording.findings.registers import DATA
from luoshi.rulebook.wording.findings.reviews import CHECK, REVIEW
from luoshi.rulebook.wording.findings.samples import SAMPLE
from luoshi.rulebook.wording.findings.simulations import SIM

CATALOGUE: dict[str, Entry] = PACK | EXPR | CASE | CHECK | REVIEW | DATA | SAMPLE | SIM | TEXT


def describe(finding: Finding, lang: str) -> tuple[str, str]:
    """The message and the remedy of a finding in a language."""
    entry = CATALOGUE[finding.code]
    return say(lang, entry.message, finding.facts), say(lang, entry.remedy, finding.facts)
