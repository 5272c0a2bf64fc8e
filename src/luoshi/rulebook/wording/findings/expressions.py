"""The words of findings about expressions: their marks, names and types."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

EXPR = {
    "EXPR-001": Entry(msg("The expression has {length} characters, at most {most}."), msg("Split it into facts.")),
    "EXPR-002": Entry(msg("The expression is nested deeper than {most} levels."), msg("Split it into facts.")),
    "EXPR-003": Entry(
        msg("Column {column}: “{seen}” is not a mark of the language."), msg("Write it in ASCII: {expected}")
    ),
    "EXPR-004": Entry(msg("Column {column}: “{seen}” cannot stand here."), msg("Remove or replace it.")),
    "EXPR-005": Entry(
        msg("Column {column}: “{seen}” was not expected here (nothing: the expression ends too early)."),
        msg("Check operators, commas and parentheses."),
    ),
    "EXPR-006": Entry(msg("The pack's expressions have more than {most} words and marks."), msg("Split the pack.")),
    "EXPR-010": Entry(
        msg("Column {column}: this is a {seen}; a {expected} is needed."), msg("Use a value of that kind.")
    ),
    "EXPR-011": Entry(
        msg("Column {column}: a {left} cannot be set against a {right}."),
        msg("Use the same kind and unit on both sides."),
    ),
    "EXPR-012": Entry(msg("Column {column}: {op} needs an order; a {seen} has none."), msg("Use = or <>.")),
    "EXPR-013": Entry(msg("“{seen}” is not in the code list."), msg("Codes: {expected}.")),
    "EXPR-014": Entry(msg("“{seen}” is not a way of rounding."), msg("Ways: {expected}.")),
    "EXPR-015": Entry(msg("{name} is a {seen}, not a reference."), msg("Only a reference can be followed with a dot.")),
    "EXPR-016": Entry(msg("{name}: the value to sum or compare is missing."), msg("Add of_value.")),
    "EXPR-017": Entry(msg("{name}: the condition is missing."), msg("Add where.")),
    "EXPR-020": Entry(msg("The number would need {digits} digits, at most {most}."), msg("Round in between.")),
    "EXPR-030": Entry(msg("“{name}” is no field or fact of {register}."), msg("Did you mean: {near}?")),
    "EXPR-031": Entry(msg("“${name}” is no parameter or assumption."), msg("Did you mean: {near}?")),
    "EXPR-032": Entry(
        msg("The assumption {name} is in words only and has no value."), msg("Give it a type and default.")
    ),
    "EXPR-033": Entry(msg("There is no register “{name}”."), msg("Did you mean: {near}?")),
    "EXPR-034": Entry(msg("There is no table “{name}”."), msg("Did you mean: {near}?")),
    "EXPR-035": Entry(msg("There is no measure “{name}”."), msg("Did you mean: {near}?")),
    "EXPR-036": Entry(
        msg("The measure {name} is for {register}, not for {scope}."), msg("Use a measure for the same register.")
    ),
    "EXPR-037": Entry(
        msg("It is not clear which field of {child} leads to {subject}: {found}."), msg("Say it with via.")
    ),
    "EXPR-038": Entry(msg("The path {path} leads to {seen}, not to {expected}."), msg("Check via.")),
    "EXPR-039": Entry(msg("Fields cannot be used here."), msg("Use parameters only.")),
    "EXPR-040": Entry(msg("There is no function “{name}”."), msg("Functions: {known}.")),
    "EXPR-041": Entry(msg("{name} takes {least} to {most} arguments, here are {seen}."), msg("Check the arguments.")),
    "EXPR-042": Entry(msg("Column {column}: here must stand {expected}."), msg("Write it plainly.")),
    "EXPR-043": Entry(msg("Column {column}: “{seen}” is no rounding step."), msg("Write 1, 0.1, 0.01 …")),
    "EXPR-044": Entry(msg("“{seen}” is not a date."), msg("Write a real date such as '2019-07-14'.")),
    "EXPR-045": Entry(msg("{name}: “{seen}” does not fit; expected: {expected}."), msg("Correct the value.")),
}
