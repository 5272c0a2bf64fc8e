"""The words of findings about the official text of a policy: read, repaired, held against a pack."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

TEXT = {
    "TEXT-001": Entry(msg("There is no such file."), msg("Give the file of the official text.")),
    "TEXT-002": Entry(msg("Files of the kind “{seen}” are not read."), msg("Save it as one of: {known}.")),
    "TEXT-003": Entry(
        msg("The file is too large: {size} bytes, at most {most}."), msg("Save the text alone, without pictures.")
    ),
    "TEXT-004": Entry(
        msg("The file is neither UTF-8 nor GB 18030."), msg("Open it in the program that made it and save it as UTF-8.")
    ),
    "TEXT-005": Entry(msg("The file cannot be read: {problem}."), msg("Open it and save it anew, without a password.")),
    "TEXT-006": Entry(
        msg("The file holds no text."), msg("If it is a scan, have its text recognised first and read it over.")
    ),
    "TEXT-007": Entry(
        msg("The text is too long: {size} characters on {lines} lines; at most {most} on {most_lines}."),
        msg("Give one document at a time."),
    ),
    "TEXT-008": Entry(msg("The file has {pages} pages, at most {most}."), msg("Give one document at a time.")),
    "TEXT-009": Entry(msg("No clause was found in the text."), msg("Check that it is the text of a policy.")),
    "TEXT-010": Entry(
        msg("Left out {count} lines that belong to the page and not to the text, such as “{seen}”."),
        msg("If one of them is part of the text, put a full stop behind it in a copy."),
    ),
    "TEXT-011": Entry(msg("Read digits of full width on {count} lines as usual ones."), msg("Nothing to do.")),
    "TEXT-012": Entry(
        msg("The document number {seen} has the wrong form; read as {expected}."), msg("Cite it as {expected}.")
    ),
    "TEXT-013": Entry(
        msg("Joined {count} lines with the line before them, first here."),
        msg("Look at the paragraph if it reads odd."),
    ),
    "TEXT-014": Entry(msg("The title “{seen}” stands here again and was passed over."), msg("Nothing to do.")),
    "TEXT-015": Entry(
        msg("The item {seen} runs on in the line before; read as an item."), msg("Check the outline here.")
    ),
    "TEXT-016": Entry(
        msg("The heading “{seen}” has lost its mark; read as {expected}"), msg("Cite it so, and say so in the pack.")
    ),
    "TEXT-017": Entry(
        msg("The mark {seen} is out of order; read as {expected}"), msg("Check it against a printed copy.")
    ),
    "TEXT-018": Entry(
        msg("The marks begin again with {seen} inside one clause; the second list was read as plain text."),
        msg("Check the outline here; cite the paragraph by its words."),
    ),
    "TEXT-019": Entry(
        msg("The mark {seen} stands where {expected} was expected."), msg("Check whether a heading is missing.")
    ),
    "TEXT-020": Entry(
        msg("The pack has no document {number}: “{seen}”, {count} clauses."),
        msg("Add its file, or say why it is left out."),
    ),
    "TEXT-021": Entry(msg("The pack lacks clause {id}: “{seen}”."), msg("Add its heading and norms.")),
    "TEXT-022": Entry(
        msg("The official text has no clause {id} (“{seen}”)."), msg("Correct the numeral, or remove the heading.")
    ),
    "TEXT-023": Entry(
        msg("The official text has no document “{seen}”."), msg("Give the whole text, or check the number.")
    ),
    "TEXT-024": Entry(
        msg("The text says {seen}; the pack says it neither in this clause nor above or below it."),
        msg("Compare the clause with the text; correct it, or state the figure."),
    ),
    "TEXT-025": Entry(
        msg("{name} is {value} {unit}; neither the text of the clause nor the words of the pack show it."),
        msg("Correct the value, or say in the clause where it comes from."),
    ),
    "TEXT-026": Entry(
        msg("The text has {count} clauses, at most {most}."), msg("Check that it is the text of a policy.")
    ),
    "TEXT-027": Entry(msg("The pages hold too much drawing to be read."), msg("Save the text alone as .docx or .txt.")),
    "TEXT-028": Entry(
        msg("Unpacked, the file would be too large: {parts} parts, {size} bytes."),
        msg("Save the text alone, without pictures."),
    ),
    "TEXT-030": Entry(
        msg("A pack of this text would be too large: {files} files, the largest of {size} bytes."),
        msg("Make one pack for each document."),
    ),
    "TEXT-031": Entry(msg("{folder} is there already; nothing was written."), msg("Choose another name or folder.")),
}
