"""Every finding code with its words: what was seen and expected, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.wording import msg, say


class Entry(NamedTuple):
    """The message of a code and the remedy."""

    message: str
    remedy: str


PACK = {
    "PACK-001": Entry(msg("There is no such pack folder."), msg("Give a shipped pack's name or a folder.")),
    "PACK-002": Entry(msg("The file is not UTF-8 (byte {byte})."), msg("Save it as UTF-8.")),
    "PACK-003": Entry(msg("Too large: {size} bytes, at most {most}."), msg("Split it into smaller files.")),
    "PACK-004": Entry(msg("{files} files, at most {most}."), msg("Join documents that belong together.")),
    "PACK-005": Entry(msg("policy.yaml is missing."), msg("Add policy.yaml: it says who issued the policy and when.")),
    "PACK-006": Entry(msg("The pack has no document."), msg("Add a file such as 1-name.md with headings.")),
    "PACK-008": Entry(msg("The imported pack {name} was not found."), msg("Did you mean: {near}?")),
    "PACK-010": Entry(msg("This is not YAML: {problem}."), msg("Check indentation, colons and quotes near this line.")),
    "PACK-011": Entry(msg("A second YAML document begins here."), msg("Remove the line ---.")),
    "PACK-012": Entry(
        msg("Nested deeper than {depth} levels or more than {nodes} values."), msg("Simplify or split the block.")
    ),
    "PACK-013": Entry(msg("Anchors, aliases and tags are not allowed."), msg("Write the value out.")),
    "PACK-014": Entry(msg("A key must be plain text."), msg("Write it as name: value.")),
    "PACK-015": Entry(msg("The key {key} appears twice."), msg("Keep one of them.")),
    "PACK-020": Entry(
        msg("The heading “{seen}” has no numeral."), msg("Begin it with 一、 （一） 1. or a word such as 前言, 末段.")
    ),
    "PACK-021": Entry(msg("Clause {seen} appears twice."), msg("Check the numerals of the headings.")),
    "PACK-022": Entry(msg("A code block marked “{seen}” is not a block of the pack."), msg("Write ```yaml measure.")),
    "PACK-030": Entry(msg("There is no block “{seen}”."), msg("Blocks are: {known}.")),
    "PACK-031": Entry(msg("{name}: the key {key} is missing."), msg("Add {key}.")),
    "PACK-032": Entry(msg("The key {key} is not known here."), msg("Did you mean: {near}?")),
    "PACK-033": Entry(msg("{key}: “{seen}” does not fit: {expected}."), msg("Write it as described.")),
    "PACK-034": Entry(msg("The block stands under no clause."), msg("Move it below a numbered heading.")),
    "PACK-035": Entry(msg("A {kind} block holds entries by name."), msg("Write name: on the first line.")),
    "PACK-036": Entry(
        msg("“{seen}” cannot be the id of a {kind}."),
        msg("Registers, facts, parameters: lower_snake; measures, limits and the rest: lower-kebab."),
    ),
    "PACK-040": Entry(msg("{name} stands twice; first at {first}."), msg("Rename or remove one.")),
    "PACK-041": Entry(msg("{name} refers to the register {seen}, which does not exist."), msg("Registers: {known}.")),
    "PACK-042": Entry(
        msg("{name} cannot be extended this way: {clash}."), msg("Use the register's own name and new fields.")
    ),
    "PACK-043": Entry(msg("{name}: only a date can be blank for “never”."), msg("Remove blank.")),
    "PACK-044": Entry(msg("The key names {name}, which is no field."), msg("Fields: {known}.")),
    "PACK-045": Entry(msg("“{seen}” is not a unit."), msg("Measured units: {known}; or a word for things counted.")),
    "PACK-046": Entry(
        msg("The parameter {name} has no value and no local range."), msg("Give a dated value, areas, or local.")
    ),
    "PACK-047": Entry(msg("The least value {least} is above the most {most}."), msg("Swap them.")),
    "PACK-048": Entry(msg("The step {seen} is not above zero."), msg("Give a positive step.")),
    "PACK-049": Entry(
        msg("{name}: a typed assumption needs a default and alternatives by value."),
        msg("Write default: and alternatives: {{value: {{zh, en}}}}."),
    ),
    "PACK-050": Entry(
        msg("Row {row} of the table: not known {unknown}; missing {missing}."), msg("Give each key and the value.")
    ),
    "PACK-051": Entry(
        msg("{name}: “{seen}” is not a band."), msg("Write {{from: 1, to: 12}} or {{from: 1, below: 13}}.")
    ),
    "PACK-052": Entry(
        msg("The fact {name} needs exactly one of value, judgement, count, sum, any, all, min, max, share."),
        msg("Keep one of them."),
    ),
    "PACK-053": Entry(msg("The table {name} has {seen} rows, at most {most}."), msg("Split the table.")),
    "PACK-060": Entry(msg("These rest on each other in a ring: {cycle}."), msg("Break the ring.")),
    "PACK-061": Entry(
        msg("The fact {name} rests on a chain of more than {most} others."), msg("Shorten the chain of facts.")
    ),
    "PACK-062": Entry(msg("There is no {kind} “{name}”."), msg("Did you mean: {near}?")),
    "PACK-063": Entry(msg("Norm {norm} names “{name}”, which is no block."), msg("Did you mean: {near}?")),
}
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
    "CASE-020": Entry(msg("There is no measure “{name}”."), msg("Did you mean: {near}?")),
}
CHECK = {
    "CHECK-001": Entry(msg("Rows {first} and {second} of the table overlap."), msg("Make the bands disjoint.")),
    "CHECK-002": Entry(msg("No row of the table fits {gap}."), msg("Add a row, or leave it unknown on purpose.")),
    "CHECK-003": Entry(msg("Norm {norm} ({kind}) is carried out by no block."), msg("Add by: or because:.")),
    "CHECK-004": Entry(msg("The clause has neither a norm nor a block."), msg("State its norms.")),
    "CHECK-005": Entry(msg("The parameter {name} is used nowhere."), msg("Use it or remove it.")),
    "CHECK-006": Entry(
        msg("The amount of {name} has no fund."), msg("Name its funds, or state that the text is silent.")
    ),
    "CHECK-007": Entry(msg("Example “{name}”: {problem}."), msg("Correct the example or the block.")),
}
CATALOGUE: dict[str, Entry] = PACK | EXPR | CASE | CHECK


def describe(finding: Finding, lang: str) -> tuple[str, str]:
    """The message and the remedy of a finding in a language."""
    entry = CATALOGUE[finding.code]
    return say(lang, entry.message, finding.facts), say(lang, entry.remedy, finding.facts)
