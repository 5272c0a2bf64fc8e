"""Compiles the translations whenever Luoshi is built or installed, in editable form too."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src", "luoshi", "locale")
OFFICE_LOCALE = Path("src", "luoshi", "office", "locale")


def compile_catalogues(locale: Path) -> None:
    """Every `.po` file below `locale` has its `.mo` file beside it."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as po:
            catalog = read_po(po, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, catalog)


class Translations(BuildHookInterface):  # type: ignore[type-arg]  # its parameter differs between builders
    """The hook that the build backend calls."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before anything is packed, the compiled files are there."""
        for locale in (LOCALE, OFFICE_LOCALE):
            compile_catalogues(Path(self.root) / locale)
