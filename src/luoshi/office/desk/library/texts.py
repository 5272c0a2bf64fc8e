"""The pack's own text for reading: each document of an edition, with its rules as code."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from luoshi.office.desk.templatetags.library import KINDS
from luoshi.rulebook.loading.documents import FENCE
from luoshi.rulebook.loading.headings import bilingual
from luoshi.rulebook.loading.reading import EXAMPLES, list_files
from luoshi.rulebook.model.bases import Bilingual

MARKDOWN = ".md"


@dataclass(frozen=True)
class Document:
    """A document of an edition: the name under which a page finds it, and its title."""

    name: str
    title: Bilingual


def documents(folder: Path) -> list[Document]:
    """The documents of an edition, in their order; without the worked examples."""
    names = [name for name in list_files(folder) if name.endswith(MARKDOWN) and not name.startswith(f"{EXAMPLES}/")]
    return [Document(name.removesuffix(MARKDOWN), _title(folder / name)) for name in names]


def rendered(folder: Path, name: str) -> SafeString:
    """A document as HTML. Nothing in it is markup of its own: what looks like a tag is shown as it is written."""
    text = (folder / f"{name}{MARKDOWN}").read_text("utf-8-sig", errors="replace")
    return SafeString(_reader().render(text))  # markdown-it escapes everything, with html off


def _title(path: Path) -> Bilingual:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        heading = next((line for line in file if line.startswith("# ")), "")
    return bilingual(heading.removeprefix("# ").strip() or path.stem)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.disable("image")  # nothing is fetched from anywhere
    reader.add_render_rule("fence", _fence)
    return reader


def _fence(
    self: RendererHTML, tokens: Sequence[Token], number: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    token = tokens[number]
    match = FENCE.fullmatch(token.info.strip())
    kind = KINDS.get(match[1], match[1]) if match else ""
    form = '<figure class="rule"><figcaption>{}</figcaption><pre tabindex="0"><code>{}</code></pre></figure>'
    return format_html(form, kind, token.content)
