"""The texts people read: collected from the code in English, translated in the `.po` file, compiled for use.

A text is marked where it stands: `say(lang, "English text with {facts}", facts=…)`, or `msg("English text")` where it
is only defined and said elsewhere. The service speaks Chinese in its code and templates, marked as
Django marks texts, and has a catalogue in English.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tools import office_messages
from tools.build_hook import LOCALE, OFFICE_LOCALE, compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "luoshi"
CATALOGUE = ROOT / LOCALE / "zh" / "LC_MESSAGES" / "luoshi.po"
OFFICE_CATALOGUE = ROOT / OFFICE_LOCALE / "en" / "LC_MESSAGES" / "django.po"
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
OFFICE_HEADER = """\
# English texts of the service. The Chinese texts stand in its code and templates.
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def extracted() -> Catalog:
    """Every marked text of the code, with the files it stands in."""
    found = Catalog()
    for file, _line, text, notes, _context in extract_from_dir(
        SOURCES, method_map=[("**.py", "python")], keywords=MARKS, comment_tags=(NOTE,), strip_comment_tags=True
    ):
        found.add(text, locations=[(f"src/luoshi/{file}", 0)], auto_comments=notes)
    return found


def office_extracted() -> Catalog:
    """Every marked text of the service."""
    return office_messages.extracted(SOURCES / "office")


def translated(path: Path = CATALOGUE) -> Catalog:
    """A catalogue as it is under version control."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update() -> None:
    """The catalogues have every marked text and no other; translations are kept, new texts are empty."""
    update_one(CATALOGUE, extracted(), HEADER)
    update_one(OFFICE_CATALOGUE, office_extracted(), OFFICE_HEADER)


def update_one(path: Path, marked: Catalog, header: str) -> None:
    """One catalogue has every text of `marked` and no other."""
    catalog = translated(path)
    catalog.update(marked, no_fuzzy_matching=True, update_creation_date=False)
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(
            file, catalog, width=120, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
        )
    empty = [message.id for message in catalog if message.id and not all(strings(message))]
    print(f"{len(catalog)} texts, {len(empty)} without translation in {path.relative_to(ROOT)}")
    for text in empty:
        print(f"  {text}")


def strings(message: Message) -> tuple[str | None, ...]:
    """The translations of a text: one, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def compile_all() -> None:
    """Compile what is translated."""
    for locale in (LOCALE, OFFICE_LOCALE):
        compile_catalogues(ROOT / locale)


ACTIONS: dict[str, Callable[[], None]] = {"update": update, "compile": compile_all}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=ACTIONS)
    ACTIONS[parser.parse_args().action]()
