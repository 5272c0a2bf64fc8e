"""The words of findings about what a simulation is to change."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

SIM = {
    "SIM-001": Entry(
        msg("Nothing is changed, so there is nothing to compare."),
        msg("Name a value to set, a measure or condition to switch, another day or an edited pack."),
    ),
    "SIM-002": Entry(
        msg("{name} is {seen} already: this changes nothing."), msg("Set another value, or leave it out.")
    ),
    "SIM-003": Entry(msg("“{seen}” sets nothing."), msg("Write ID=VALUE, or ID@AREA=VALUE for one area.")),
    "SIM-004": Entry(
        msg("“{seen}” is no area in which this policy can hold ({jurisdiction})."),
        msg("Write a division code of 2, 4, 6, 9 or 12 digits within it."),
    ),
    "SIM-005": Entry(msg("{name} is set twice."), msg("Set it once.")),
    "SIM-006": Entry(msg("The measure {measure} has no condition “{name}”."), msg("Did you mean: {near}?")),
    "SIM-007": Entry(msg("The day afterwards is the day before: {seen}."), msg("Name another day, or leave it out.")),
    "SIM-008": Entry(
        msg("The edited pack decides exactly what the pack decides on this day."),
        msg("Check the folder and its changes; titles and paraphrases decide nothing."),
    ),
    "SIM-009": Entry(
        msg("Switching {name} changes nothing."), msg("Leave it out; what is on already cannot be switched on.")
    ),
    "SIM-010": Entry(msg("{name}: “{seen}” is no range of values."), msg("Write ID=from:to:step.")),
    "SIM-011": Entry(
        msg("No measure rests on what is changed ({names}): nobody's support can differ."),
        msg("Change what a condition or an amount reads."),
    ),
    "SIM-012": Entry(
        msg("{name}: the range has {count} values; it may have 2 to {most}."),
        msg("Write a larger or smaller step, above zero, and a range that rises."),
    ),
    "SIM-013": Entry(
        msg("{name} is of the kind {seen}; only parameters that are numbers can be varied."),
        msg("Set it to single values instead."),
    ),
}
