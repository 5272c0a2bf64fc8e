"""The words of findings about the registers of a run."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

DATA = {
    "DATA-001": Entry(msg("No register of the pack is given."), msg("Give at least one of: {known}.")),
    "DATA-002": Entry(msg("The pack has no register “{register}”."), msg("Registers: {known}.")),
    "DATA-003": Entry(msg("{register} has no column {column}."), msg("Give every row an id of its own.")),
    "DATA-004": Entry(
        msg("{register}.{column}: the column is of type {seen}; expected: {expected}."), msg("Convert the column.")
    ),
    "DATA-005": Entry(
        msg("{register}.{column}: {count} numbers have more than {digits} digits, such as {seen} (ids {ids})."),
        msg("Correct them, or declare more digits."),
    ),
    "DATA-006": Entry(
        msg("{register}.{column}: {count} numbers have more than {places} decimal places, such as {seen} (ids {ids})."),
        msg("Round them at the source, or declare more places."),
    ),
    "DATA-007": Entry(
        msg("{register}.{column}: {count} days lie outside the years 1000 to 9000, such as {seen} (ids {ids})."),
        msg("Correct them; leave blank what has not ended."),
    ),
    "DATA-008": Entry(
        msg("{register}.{column}: {count} codes are not in the list, such as {seen} (ids {ids})."),
        msg("Codes: {expected}."),
    ),
    "DATA-009": Entry(msg("{register}: {count} rows have no id."), msg("Give every row an id of its own.")),
    "DATA-010": Entry(
        msg("{register}: {count} ids are used more than once, such as {ids}."), msg("Give every row an id of its own.")
    ),
    "DATA-011": Entry(msg("{register} cannot be read: {problem}."), msg("Give a Parquet file.")),
}
