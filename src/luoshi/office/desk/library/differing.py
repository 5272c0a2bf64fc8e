"""What differs between two editions, clause by clause: paraphrase, norms and rules side by side.

Pure: two packs go in, frozen values come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from luoshi.office.desk import numbering
from luoshi.office.desk.library.describing import Described, Facet
from luoshi.office.desk.library.worddiff import Sides, sides
from luoshi.office.desk.wording import in_language
from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.blocks import Clause, Norm, Pack
from luoshi.rulebook.simulating.differing import KINDS, SET, meaning

BLOCKS = (*SET, *KINDS)
NORMS = "norms"
Key = tuple[str, str]
"""A block: its kind, and its id there."""


@dataclass(frozen=True)
class FacetChange:
    """A facet that differs: what it is called, and its words on both sides."""

    facet: Facet
    sides: Sides


@dataclass(frozen=True)
class BlockChange:
    """A rule or norm that differs. `how` is added, removed or changed; `words_only` where it decides as before."""

    kind: str
    id: str
    title: str
    how: str
    words_only: bool
    facets: tuple[FacetChange, ...]


@dataclass(frozen=True)
class ClauseChange:
    """A clause in which something differs. `text` is None where the paraphrase is the same."""

    id: str
    document: str
    number: str
    title: str
    how: str
    text: Sides | None
    blocks: tuple[BlockChange, ...]


@dataclass(frozen=True)
class Difference:
    """What differs between two packs, in the order of the newer one; then what only the older one has."""

    clauses: tuple[ClauseChange, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rules and norms were added, changed in meaning, changed in wording only, and removed."""
        found = {"added": 0, "changed": 0, "worded": 0, "removed": 0}
        for block in (block for clause in self.clauses for block in clause.blocks):
            found["worded" if block.words_only else block.how] += 1
        return found


class _Side:
    """One pack with its blocks by clause."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self.pack, self.lang, self.described = pack, lang, Described(pack, lang)
        self.blocks: dict[str, dict[Key, Block | Norm]] = {}
        for kind in BLOCKS:
            for key, block in getattr(pack, kind).items():
                name = ".".join(key) if isinstance(key, tuple) else key
                self.blocks.setdefault(block.clause, {})[kind, name] = block
        for norm in pack.norms:
            self.blocks.setdefault(norm.place.clause, {})[NORMS, norm.id] = norm

    def text(self, clause: str) -> str:
        """The paraphrase of a clause."""
        found = self.pack.clauses.get(clause)
        return "\n".join(in_language(found.text, self.lang).paragraphs) if found else ""


def difference(before: Pack, after: Pack, lang: str) -> Difference:
    """Everything in which two packs differ, in the words of a language."""
    old, new = _Side(before, lang), _Side(after, lang)
    ids = dict.fromkeys((*after.clauses, *new.blocks, *before.clauses, *old.blocks))
    found = (_clause(clause, old, new) for clause in ids)
    return Difference(tuple(change for change in found if change is not None))


def _clause(clause: str, old: _Side, new: _Side) -> ClauseChange | None:
    was, becomes = old.pack.clauses.get(clause), new.pack.clauses.get(clause)
    texts = old.text(clause), new.text(clause)
    blocks = tuple(_blocks(clause, old, new))
    titles = tuple(item.title.say(new.lang) if item else "" for item in (was, becomes))
    if not blocks and texts[0] == texts[1] and titles[0] == titles[1]:
        return None
    return ClauseChange(
        id=clause,
        document=numbering.document(clause),
        number=numbering.number(clause, new.lang) if ":" not in clause else clause,
        title=titles[1] or titles[0],
        how=_how(was, becomes),
        text=sides(*texts) if texts[0] != texts[1] else None,
        blocks=blocks,
    )


def _how(was: Clause | None, becomes: Clause | None) -> str:
    if was is None and becomes is not None:
        return "added"
    return "removed" if becomes is None and was is not None else "changed"


def _blocks(clause: str, old: _Side, new: _Side) -> Iterator[BlockChange]:
    was, becomes = old.blocks.get(clause, {}), new.blocks.get(clause, {})
    for key in dict.fromkeys((*becomes, *was)):
        change = _block(key, (was.get(key), old), (becomes.get(key), new))
        if change is not None:
            yield change


def _block(
    key: Key, was: tuple[Block | Norm | None, _Side], becomes: tuple[Block | Norm | None, _Side]
) -> BlockChange | None:
    told = [side.described.facets(block) if block is not None else {} for block, side in (was, becomes)]
    facets = tuple(
        FacetChange(facet, sides(told[0].get(facet, ""), told[1].get(facet, "")))
        for facet in dict.fromkeys((*told[1], *told[0]))
        if told[0].get(facet, "") != told[1].get(facet, "")
    )
    is_same = was[0] is not None and becomes[0] is not None and meaning(was[0]) == meaning(becomes[0])
    if not facets and is_same:
        return None
    shown = becomes[0] or was[0]
    how = "added" if was[0] is None else "removed" if becomes[0] is None else "changed"
    title = shown.title.say(becomes[1].lang) if isinstance(shown, Block) else ""
    return BlockChange(key[0], key[1], title, how, is_same, facets)
