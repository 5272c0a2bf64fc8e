"""The texts people read: collected from the code in English, translated in the `.po` file, compiled for use.

A text is marked where it stands: `say(lang, "English text with {facts}", facts=…)`, or `msg("English text")` where it
is only defined and said elsewhere.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tools.build_hook import LOCALE, compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "luoshi"
CATALOGUE = ROOT / LOCALE / "zh" / "LC_MESSAGES" / "luoshi.po"
MARKS = {"say": (2,), "msg": None}
NOTE = "Note for translators:"
HEADER = """\
# Chinese texts of Luoshi. The English texts stand in the code; `make messages` keeps this file in step with it.
msgid ""
msgstr ""
"Language: zh\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def extracted() -> Catalog:
    """Every marked text of the code, with the files it stands in."""
    found = Catalog()
    for file, _line, text, notes, _context in extract_from_dir(
        SOURCES, method_map=[("**.py", "python")], keywords=MARKS, comment_tags=(NOTE,), strip_comment_tags=True
    ):
        found.add(text, locations=[(f"src/luoshi/{file}", 0)], auto_comments=notes)
    return found


def translated() -> Catalog:
    """The catalogue as it is under version control."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh")


def update() -> None:
    """The catalogue has every marked text and no other; translations are kept, new texts are empty."""
    catalog = translated()
    catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    with CATALOGUE.open("wb") as file:
        file.write(HEADER.encode())
        write_po(
            file, catalog, width=120, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
        )
    empty = [message.id for message in catalog if message.id and not message.string]
    print(f"{len(catalog)} texts, {len(empty)} without translation in {CATALOGUE.relative_to(ROOT)}")
    for text in empty:
        print(f"  {text}")


def compile_all() -> None:
    """Compile what is translated."""
    compile_catalogues(ROOT / LOCALE)


ACTIONS: dict[str, Callable[[], None]] = {"update": update, "compile": compile_all}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=ACTIONS)
    ACTIONS[parser.parse_args().action]()
