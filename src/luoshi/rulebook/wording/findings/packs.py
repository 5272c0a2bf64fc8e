"""The words of findings about a pack that cannot be loaded as it is written."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

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
    "PACK-032": Entry(
        msg("The key {key} is not known here."),
        msg("Did you mean: {near}? Inside braces, a text with a comma or colon needs quotes."),
    ),
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
    "PACK-054": Entry(
        msg("{name}: a field cannot be called id; every row has one already."), msg("Choose another name.")
    ),
    "PACK-055": Entry(msg("The procedure {name} has two steps called {step}."), msg("Rename one.")),
    "PACK-056": Entry(
        msg("A preference {order} does not fit: the value is a {seen}."),
        msg("A truth is ordered true_first; anything else lowest or highest."),
    ),
    "PACK-057": Entry(
        msg("{name}: the step {step} does not say {key}, and cases are led through this procedure."),
        msg("Write act: what is asked, and by: the offices that are asked."),
    ),
    "PACK-058": Entry(
        msg("{name}: the step {step} sends back to {seen}, which is no step before it."),
        msg("Steps before it: {known}."),
    ),
    "PACK-059": Entry(
        msg("{name}: the step {step} is a notice and does not say for how long."),
        msg("Write notice: with days, or without where the text names no number."),
    ),
    "PACK-060": Entry(msg("These rest on each other in a ring: {cycle}."), msg("Break the ring.")),
    "PACK-061": Entry(
        msg("{name} rests on a chain of more than {most} steps."), msg("Shorten the chain of facts and measures.")
    ),
    "PACK-062": Entry(msg("There is no {kind} “{name}”."), msg("Did you mean: {near}?")),
    "PACK-063": Entry(msg("Norm {norm} names “{name}”, which is no block."), msg("Did you mean: {near}?")),
    "PACK-064": Entry(
        msg("{name}: the step {step} is for the end “{seen}”, and no step before it decides."),
        msg("Move it below the step that decides."),
    ),
    "PACK-065": Entry(
        msg(
            "{name} is for {register}, its procedure {procedure} is for {known}, and no reference leads from one to the"
            " other."
        ),
        msg("Name the register under for: of the procedure, or another procedure."),
    ),
    "PACK-066": Entry(
        msg("{name}: {field} is no field of {register} that can stand here."), msg("Fields that can: {known}.")
    ),
    "PACK-067": Entry(
        msg("{name}: in {register} the field {field} would be filled in twice."),
        msg("Name each field once: owner, period, asked, filled or found."),
    ),
    "PACK-068": Entry(
        msg("{name}: rows of {register} are told apart by {known}, not by what is named here."),
        msg("Name exactly the fields of the key."),
    ),
    "PACK-070": Entry(
        msg("This is no file of a pack."), msg("Give a pack's folder, its policy.yaml or a document such as 1-name.md.")
    ),
    "PACK-071": Entry(
        msg("The canonical layout would change what the file says; it stays as it is."),
        msg("Please report the file: this is a mistake of the program."),
    ),
}
