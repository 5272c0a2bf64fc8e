"""Spreadsheets as people make them: read whole or refused with the reason, matched to a register, parsed, written back.

Pure functions over files and values; nothing of a database. The way through them:

    form = form_of(pack, "household")                      # what a sheet for this register may hold
    book = read_book(path, name, form.titles)              # Refused: nothing of the file can be taken
    sheet = book.sheets[0]                                 # the user chooses when there are several
    matching = match_columns(form, sheet)                  # which column is which field
    for match in matching.matches:
        parsed = parse_cells(match.field, match.column.cells, match.factor)
        problems += problems_of(sheet, match, parsed)      # by row and column, in words of the active language
    write_corrected(path, sheet, problems)                 # the user's rows back, with what is wrong

A sheet may be staged when `sheet.problems`, `matching.problems` and all problems of cells are empty; notes never hold
anything up. Texts of problems and notes are in the language that is active when `told` is called.
"""

from luoshi.office.exchange.books.corrected import write_corrected
from luoshi.office.exchange.books.forms import Field, Form, form_of
from luoshi.office.exchange.books.matching import Match, Matching, match_columns
from luoshi.office.exchange.books.parsing import Parsed, Wrong, parse_cells, problems_of
from luoshi.office.exchange.books.problems import Note, Problem, Refused, Told
from luoshi.office.exchange.books.reading import LIMITS, Limits, read_book
from luoshi.office.exchange.books.sheets import Book, Cells, Sheet, SheetColumn
from luoshi.office.exchange.books.templates import Choices, write_template

__all__ = [
    "LIMITS", "Book", "Cells", "Choices", "Field", "Form", "Limits", "Match", "Matching", "Note", "Parsed", "Problem",
    "Refused", "Sheet", "SheetColumn", "Told", "Wrong", "form_of", "match_columns", "parse_cells", "problems_of",
    "read_book", "write_corrected", "write_template",
]  # fmt: skip
