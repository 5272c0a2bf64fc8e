"""The texts of the service: Chinese in code and templates, English in its own catalogue."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

MARKS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2)}


def extracted(sources: Path) -> Catalog:
    """Every text that is marked in code and templates below `sources`, with the files it stands in."""
    found = Catalog(locale="en")
    for file in sorted([*sources.rglob("*.py"), *sources.rglob("*.html")]):
        text = file.read_text(encoding="utf-8")
        code = as_code(text) if file.suffix == ".html" else text
        for _line, message, notes, _context in extract("python", BytesIO(code.encode()), keywords=MARKS):
            found.add(message, locations=[(file.relative_to(sources).as_posix(), 0)], auto_comments=notes)
    return found


def as_code(template: str) -> str:
    """A template as the calls that translate its texts, one line each; whatever else stands in it is blanked."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())
