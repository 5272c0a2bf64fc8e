"""The words of findings about plans for synthetic cities."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

SAMPLE = {
    "SAMPLE-001": Entry(msg("There is no readable {file}."), msg("Add it to the pack's folder.")),
    "SAMPLE-002": Entry(msg("Includes go round in a ring or too deep: {trail}."), msg("Break the ring at {name}.")),
    "SAMPLE-003": Entry(msg("No pack {name} has a sample.yaml to include."), msg("Check the name.")),
    "SAMPLE-004": Entry(msg("The list of divisions is unusable (line {line}): {problem}."), msg("Correct the line.")),
    "SAMPLE-005": Entry(msg("The pack has no register “{seen}”."), msg("Did you mean: {near}?")),
    "SAMPLE-006": Entry(msg("The register {register} is not sampled above."), msg("Sampled so far: {known}.")),
    "SAMPLE-007": Entry(msg("{register} has no field “{seen}”."), msg("Did you mean: {near}?")),
    "SAMPLE-008": Entry(
        msg("The path {path} leads nowhere at {name} of {register}."),
        msg("Drawn above: {known}."),
    ),
    "SAMPLE-009": Entry(msg("Nothing says how many rows {register} has."), msg("Add rows.")),
    "SAMPLE-010": Entry(
        msg("It is not clear which reference leads from {register} to {parent}: {found}."), msg("Say it with parent.")
    ),
    "SAMPLE-011": Entry(msg("{name}: “{seen}” does not fit a {type}."), msg("Expected: {expected}.")),
    "SAMPLE-012": Entry(msg("{name}: “{seen}” does not fit; expected: {expected}."), msg("Correct the value.")),
    "SAMPLE-013": Entry(msg("{name}: a share that is {seen} does not fit here."), msg("Expected: {expected}.")),
    "SAMPLE-014": Entry(msg("{seen} is not in the list of divisions."), msg("Use a code of the list.")),
    "SAMPLE-015": Entry(msg("{name}: “{seen}” is no value of the parameter."), msg("Expected: {expected}.")),
    "SAMPLE-016": Entry(msg("{name} is filled already."), msg("Remove the draw.")),
    "SAMPLE-017": Entry(
        msg("{name}: “{seen}” cannot make texts."),
        msg("Write a serial such as A{{n:06}}, or word lists of fair length."),
    ),
    "SAMPLE-021": Entry(msg("{folder} holds something else than a sample."), msg("Give an empty or new folder.")),
    "SAMPLE-022": Entry(msg("The scale {seen} is not above 0 and at most {most}."), msg("Give a scale such as 0.1.")),
    "SAMPLE-023": Entry(msg("{register} would have {rows} rows, at most {most}."), msg("Give a smaller scale.")),
}
