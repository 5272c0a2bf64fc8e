"""The service says everything in English too, and in colours that can be read."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from luoshi.office import desk
from tools.messages import OFFICE_CATALOGUE, office_extracted, strings, translated

MESSAGES = [message for message in translated(OFFICE_CATALOGUE) if message.id]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
COLOURS = dict(
    re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (Path(desk.__path__[0]) / "static/desk/desk.css").read_text("utf-8"))
)
LEAST_CONTRAST = 4.5


def test_the_catalogue_is_in_step_with_code_and_templates() -> None:
    marked = {message.id for message in office_extracted() if message.id}
    listed = {message.id for message in MESSAGES}
    assert marked and marked == listed, f"run make messages: {sorted(map(str, marked ^ listed))}"


def _is_whole(message: Message) -> bool:
    """Whether every form of a text is in English and has the places of the Chinese one."""
    source = message.id[0] if isinstance(message.id, tuple) else message.id
    places, forms = set(PLACEHOLDER.findall(source)), strings(message)
    english = all(text and not re.search(r"[\u4e00-\u9fff]", text) for text in forms)
    return english and all(set(PLACEHOLDER.findall(text or "")) == places for text in forms)


def test_every_text_is_translated_with_its_placeholders() -> None:
    assert [message.id for message in MESSAGES if not _is_whole(message)] == [], f"mend it in {OFFICE_CATALOGUE.name}"


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "quiet", "act", "late") for ground in ("ground", "paper")),
        *((state, f"{state}-soft") for state in ("act", "late", "open")),
        ("quiet", "none-soft"),
    ],
)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    darker, lighter = sorted((_luminance(COLOURS[text]), _luminance(COLOURS[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= LEAST_CONTRAST


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
