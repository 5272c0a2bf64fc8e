"""What would it cost: two decisions of the same data, before and after a change, compared and explained."""

from luoshi.rulebook.simulating.applying import applied
from luoshi.rulebook.simulating.overlay import Overlay, Range, Setting, read_range, read_settings
from luoshi.rulebook.simulating.side import Side
from luoshi.rulebook.simulating.simulation import Simulation, simulate
from luoshi.rulebook.simulating.single import SingleSimulation, simulate_case
from luoshi.rulebook.simulating.varying import Curve, trial, vary

__all__ = [
    "Curve",
    "Overlay",
    "Range",
    "Setting",
    "Side",
    "Simulation",
    "SingleSimulation",
    "applied",
    "read_range",
    "read_settings",
    "simulate",
    "simulate_case",
    "trial",
    "vary",
]
