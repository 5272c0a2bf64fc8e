"""A document of a policy as a page: its clauses with their margins, and the outline of all documents.

Pure: a pack and how it stands go in, frozen values come out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.office.desk import numbering
from luoshi.office.desk.entries import Entries
from luoshi.office.desk.margin import Margin
from luoshi.office.desk.standing import Light, Standing
from luoshi.office.desk.wording import Text, in_language
from luoshi.rulebook.model.blocks import Clause, Pack

NO_MARGIN = Margin()


@dataclass(frozen=True)
class ClauseView:
    """A clause on the sheet. `level` is the level of its heading on the page."""

    id: str
    anchor: str
    number: str
    title: str
    level: int
    text: Text
    norms: int
    margin: Margin


@dataclass(frozen=True)
class OutlineHeading:
    """A heading of the open document in the outline."""

    anchor: str
    number: str
    title: str
    light: Light


@dataclass(frozen=True)
class OutlineDocument:
    """A document in the outline; the open one has headings."""

    number: str
    title: str
    light: Light
    is_open: bool
    headings: tuple[OutlineHeading, ...]


@dataclass(frozen=True)
class DocumentView:
    """The page of one document. `number` is its place in the policy, `official_number` that of the policy."""

    pack_id: str
    number: str
    title: str
    policy_title: str
    official_number: str | None
    issuer: str
    status: str
    in_force_from: date | None
    in_force_to: date | None
    clauses: tuple[ClauseView, ...]
    outline: tuple[OutlineDocument, ...]

    @property
    def is_one_of_several(self) -> bool:
        """Whether the policy has other documents."""
        return len(self.outline) > 1

    @property
    def is_draft(self) -> bool:
        """Whether nothing is decided by it."""
        return self.status == "draft"


def documents(pack: Pack) -> list[Clause]:
    """The titles of a pack's own documents, in their order."""
    return sorted(
        (clause for clause in own_clauses(pack) if numbering.depth(clause.id) == 0), key=lambda clause: int(clause.id)
    )


def own_clauses(pack: Pack) -> Iterator[Clause]:
    """The clauses of a pack without those of imported packs."""
    return (clause for clause in pack.clauses.values() if ":" not in clause.id)


def first_document(pack: Pack) -> str:
    """The number of the first document that gives support or sets targets; of the first one if none does."""
    busy = {numbering.document(block.clause) for block in (*pack.measures.values(), *pack.targets.values())}
    numbers = [clause.id for clause in documents(pack)]
    return next((number for number in numbers if number in busy), numbers[0])


def find_document(pack: Pack, number: str, standing: Standing, lang: str) -> DocumentView | None:
    """The page of a document, None when the policy has no document of that number."""
    title = pack.clauses.get(number)
    if title is None or numbering.depth(number) or ":" in number:
        return None
    margins = Entries(pack, standing, lang).margins()
    norms = Counter(norm.place.clause for norm in pack.norms)
    policy = pack.policy
    return DocumentView(
        pack_id=policy.id,
        number=number,
        title=title.title.say(lang),
        policy_title=policy.title.say(lang),
        official_number=policy.number,
        issuer=policy.issuer.say(lang),
        status=policy.status,
        in_force_from=policy.in_force_from,
        in_force_to=policy.in_force_to,
        clauses=tuple(
            _clause(clause, margins, norms, lang)
            for clause in own_clauses(pack)
            if numbering.document(clause.id) == number
            and (numbering.depth(clause.id) or _says_something(clause, margins))
        ),
        outline=tuple(_outline(document, pack, number, margins, lang) for document in documents(pack)),
    )


def _says_something(clause: Clause, margins: Mapping[str, Margin]) -> bool:
    return bool(clause.text) or clause.id in margins


def _clause(clause: Clause, margins: Mapping[str, Margin], norms: Mapping[str, int], lang: str) -> ClauseView:
    return ClauseView(
        id=clause.id,
        anchor=numbering.anchor(clause.id),
        number=numbering.number(clause.id, lang),
        title=clause.title.say(lang) if numbering.depth(clause.id) else "",
        level=min(numbering.depth(clause.id) + 1, 6),
        text=in_language(clause.text, lang),
        norms=norms.get(clause.id, 0),
        margin=margins.get(clause.id, NO_MARGIN),
    )


def _outline(document: Clause, pack: Pack, opened: str, margins: Mapping[str, Margin], lang: str) -> OutlineDocument:
    is_open = document.id == opened
    headings = (clause for clause in own_clauses(pack) if numbering.document(clause.id) == opened)
    return OutlineDocument(
        number=document.id,
        title=document.title.say(lang),
        light=_light(document.id, margins),
        is_open=is_open,
        headings=tuple(
            OutlineHeading(
                numbering.anchor(clause.id),
                numbering.number(clause.id, lang),
                clause.title.say(lang),
                _light(clause.id, margins),
            )
            for clause in headings
            if is_open and numbering.depth(clause.id) == 1
        ),
    )


def _light(above: str, margins: Mapping[str, Margin]) -> Light:
    """The worst state of a clause and of what stands below it."""
    within = (margin for clause, margin in margins.items() if clause == above or clause.startswith(f"{above}/"))
    return max((margin.light for margin in within), default=Light.NONE)
