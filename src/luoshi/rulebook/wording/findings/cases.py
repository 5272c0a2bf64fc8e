"""The words of findings about case files and values set by localities."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

CASE = {
    "CASE-001": Entry(msg("The case file cannot be read: {problem}."), msg("Check the path.")),
    "CASE-002": Entry(msg("A case is a mapping."), msg("Keys: {known}.")),
    "CASE-003": Entry(msg("The key {name} is not known."), msg("Did you mean: {near}?")),
    "CASE-004": Entry(msg("“{name}” is no parameter or assumption of this pack."), msg("Did you mean: {near}?")),
    "CASE-005": Entry(msg("The assumption {name} is in words only; it cannot be switched."), msg("Remove it.")),
    "CASE-006": Entry(msg("{name}: “{seen}” is no reading of the assumption."), msg("Readings: {expected}.")),
    "CASE-007": Entry(
        msg("{name}: {seen} is out of bounds: {least} to {most}, step {step}."), msg("Set a value within the bounds.")
    ),
    "CASE-008": Entry(
        msg("{name}: may not be set at this level ({seen})."), msg("It is set by: {expected}. Write by: and area:.")
    ),
    "CASE-009": Entry(
        msg("{name}: the document that adopts the value is missing."), msg("Write document: {instrument}.")
    ),
    "CASE-010": Entry(
        msg("{name} is fixed by the policy; a locality cannot set it."),
        msg("To try another value, edit a copy of the pack."),
    ),
    "CASE-011": Entry(msg("There is no register “{name}”."), msg("Did you mean: {near}?")),
    "CASE-012": Entry(msg("{name}: “{seen}” has the wrong shape."), msg("Write name: value, one per line.")),
    "CASE-013": Entry(msg("“{name}” is no fact or judgement of the subject."), msg("Did you mean: {near}?")),
    "CASE-014": Entry(
        msg("{name}: “{seen}” is no setting."), msg("Write value, and if needed area, by, document, from.")
    ),
    "CASE-015": Entry(msg("{name}: “{seen}” does not fit; expected: {expected}."), msg("Correct the value.")),
    "CASE-016": Entry(
        msg("Too many rows or nested too deeply ({seen}); at most {most}."), msg("Make the case smaller.")
    ),
    "CASE-017": Entry(
        msg("The id “{name}” in {register} is used twice or is no text."), msg("Give each row its own id.")
    ),
    "CASE-018": Entry(msg("“{name}” is no field or fact of {register}."), msg("Did you mean: {near}?")),
    "CASE-019": Entry(msg("The case has no subject."), msg("Write subject: and one of: {known}.")),
    "CASE-021": Entry(msg("There is no row “{name}” of {register} to change."), msg("Did you mean: {near}?")),
    "CASE-020": Entry(msg("There is no measure “{name}”."), msg("Did you mean: {near}?")),
}
