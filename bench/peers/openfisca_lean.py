"""OpenFisca tuned by hand: few variables, conditions inline with shared parts, projections made once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench.peers import openfisca_places
from bench.peers.openfisca_facts import DERIVED
from bench.peers.openfisca_inputs import evaluated
from bench.peers.openfisca_system import system
from bench.peers.results import Results
from bench.rules.openfisca_text import lean, projections
from bench.rules.reading import SUBJECTS, rules


def built() -> TaxBenefitSystem:
    """The tax and benefit system."""
    sources = [projections(rules(), register) + lean(rules(), register) for register in SUBJECTS]
    return system([*DERIVED, *openfisca_places.LEAN], sources)


def evaluate(data_dir: Path, on_date: date, out_dir: Path | None = None) -> Results:
    """Build the system and calculate everything once. `on_date` must be the last day of a year."""
    results = Results()
    with results.phase("build"):
        made = built()
    return evaluated(made, data_dir, on_date, out_dir, True, results)
