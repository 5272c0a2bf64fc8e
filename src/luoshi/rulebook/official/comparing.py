"""Holds an official text against a pack: clauses that one of them lacks, figures that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import chain

from luoshi.rulebook.model.blocks import Clause, Pack
from luoshi.rulebook.model.findings import Finding, Findings, Where
from luoshi.rulebook.official.figures import DATE, YEAR, Figure, figures
from luoshi.rulebook.official.lines import Line
from luoshi.rulebook.official.outline import OfficialClause, OfficialText
from luoshi.rulebook.official.stated import Key, own_blocks, stated_figures, value_keys, worded_figures

FRAME = {"header", "number", "signature"}
"""What stands around a document: copies and packs may leave it out."""
IN_WORDS = {0, 1}
"""Values that texts write in words: free of charge, all, a."""
SAME = {"notice": "preface", "supplementary": "interpretation", "closing": "closing"}


def compare(text: OfficialText, pack: Pack) -> list[Finding]:
    """Where text and pack differ: first by the text's own order, then by the pack's."""
    findings = Findings()
    comparison = _Comparison(text, pack, findings)
    comparison.look_for_clauses()
    comparison.look_for_figures()
    in_pack = Findings()
    comparison.findings = in_pack
    comparison.look_for_text()
    comparison.look_for_values()
    return findings + in_pack.sorted()


def _named(clause: str) -> str:
    """A clause id under which an unnumbered clause is found, whichever of its usual names it bears."""
    above, slash, word = clause.rpartition("/")
    return above + slash + SAME.get(word, word)


def _above(clause: str) -> Iterator[str]:
    """The ids of the clauses above a clause, without the document."""
    parts = clause.split("/")
    for length in range(2, len(parts)):
        yield "/".join(parts[:length])


class _Comparison:
    """One text beside one pack."""

    def __init__(self, text: OfficialText, pack: Pack, findings: Findings) -> None:
        self.pack, self.findings = pack, findings
        self.own = [clause for clause in pack.clauses.values() if ":" not in clause.id]
        self.documents = {clause.id: clause for clause in self.own if "/" not in clause.id}
        self.text = _as_numbered(text, self.documents)
        self.in_pack = {_named(clause.id): clause for clause in self.own if "/" in clause.id}
        self.in_text = {_named(clause.id): clause for clause in self.text.clauses()}
        self.stated, self.worded = _Known(stated_figures(pack).items()), _Known(worded_figures(pack).items())
        shown = ((clause.id, (figure.key for figure in _figures(clause))) for clause in self.text.clauses())
        self.shown = _Known(shown)
        self.written = {name for clause in _written(pack) for name in (_named(clause), *_above(_named(clause)))}
        self.policy = set(chain(value_keys(pack.policy.issued, ""), value_keys(pack.policy.in_force_from, "")))

    def look_for_clauses(self) -> None:
        """Documents and clauses of the text that the pack lacks."""
        for document in self.text.documents:
            name = str(document.number)
            if name not in self.documents:
                facts = {"seen": document.title[:60], "count": len(document.clauses), "number": name}
                self.findings.add("TEXT-020", document.at.where(name), **facts)
                continue
            for clause in document.clauses:
                if not self._is_there(clause):
                    seen = clause.mark + (clause.title or _first(clause))
                    self.findings.add("TEXT-021", clause.at.where(clause.id), seen=seen, id=clause.id)

    def _is_there(self, clause: OfficialClause) -> bool:
        word = clause.id.rpartition("/")[2]
        return _named(clause.id) in self.in_pack or word in FRAME or word == "closing"

    def look_for_text(self) -> None:
        """Documents and clauses of the pack that the text lacks."""
        numbers = {str(document.number) for document in self.text.documents}
        for clause in self.own:
            where = Where(clause.place.file, clause.place.line, clause.id)
            word = clause.id.rpartition("/")[2]
            if "/" not in clause.id and clause.id not in numbers:
                self.findings.add("TEXT-023", where, seen=clause.title.zh)
            elif clause.id.partition("/")[0] in numbers and self._is_lost(clause) and word not in FRAME:
                self.findings.add("TEXT-022", where, seen=clause.title.zh, id=clause.id)

    def _is_lost(self, clause: Clause) -> bool:
        """Whether the text has no such clause. A paragraph that a pack names belongs to the clause above it."""
        above, _, word = clause.id.rpartition("/")
        named = not word.isdecimal() and _named(above) in self.in_text
        return bool(above) and _named(clause.id) not in self.in_text and not named

    def look_for_figures(self) -> None:
        """Figures of the text that the pack states neither in the clause nor above or below it."""
        for clause in self.text.clauses():
            if not self._is_written(clause):
                continue
            stated = self.policy | self.stated.around(clause.id)
            told: set[Key] = set()
            for line, figure in _places(clause):
                if figure.key not in stated | told and not _is_end_of(figure, stated):
                    told.add(figure.key)
                    self.findings.add("TEXT-024", line.at.where(clause.id), seen=figure.written)

    def _is_written(self, clause: OfficialClause) -> bool:
        """Whether the pack says anything in a clause; what is still to be written cannot differ."""
        return _named(clause.id).removesuffix("/closing") in self.written

    def look_for_values(self) -> None:
        """Fixed values of parameters that neither the text shows nor the pack's own words explain."""
        for parameter in self.pack.parameters.values():
            if "/" in parameter.place.file or parameter.local or _named(parameter.clause) not in self.in_text:
                continue
            known = self.policy | self.shown.around(parameter.clause)
            known |= self.worded.around(parameter.clause)
            for _, value in parameter.values:
                keys = list(value_keys(value, parameter.unit_label))
                if keys and value not in IN_WORDS and not any(key in known for key in keys):
                    place = parameter.place
                    facts = {"name": parameter.id, "value": value, "unit": parameter.unit_label}
                    self.findings.add("TEXT-025", Where(place.file, place.line, place.clause), **facts)


class _Known:
    """Figures by clause; asked for a clause, it gives those of the clauses above and below as well."""

    def __init__(self, found: Iterable[tuple[str, Iterable[Key]]]) -> None:
        self._at: dict[str, set[Key]] = defaultdict(set)
        self._within: dict[str, set[Key]] = defaultdict(set)
        for clause, keys in found:
            own = set(keys)
            self._at[_named(clause)] |= own
            for name in (_named(clause), *_above(_named(clause))):
                self._within[name] |= own

    def around(self, clause: str) -> set[Key]:
        """The figures of a clause, of those above and of those below; a closing speaks of its neighbours too."""
        name = _named(clause).removesuffix("/closing")
        found = set(self._within.get(name, ()))
        return found.union(*(self._at.get(above, ()) for above in _above(name)))


def _written(pack: Pack) -> Iterator[str]:
    """The clauses in which the pack says something."""
    yield from (clause.id for clause in pack.clauses.values() if clause.text)
    yield from (norm.place.clause for norm in pack.norms)
    yield from (block.clause for block in own_blocks(pack))


def _places(clause: OfficialClause) -> Iterator[tuple[Line, Figure]]:
    for line in clause.lines:
        for figure in figures(line.text):
            yield line, figure


def _figures(clause: OfficialClause) -> Iterator[Figure]:
    yield from figures(clause.title)
    for _, figure in _places(clause):
        yield figure


def _is_end_of(figure: Figure, stated: set[Key]) -> bool:
    """Whether a last day of a year is stated as the year."""
    value = str(figure.value)
    return figure.kind == DATE and value.endswith("-12-31") and (YEAR, Fraction(value[:4])) in stated


def _first(clause: OfficialClause) -> str:
    return clause.lines[0].text[:20] + "…" if clause.lines else ""


def _as_numbered(text: OfficialText, documents: Collection[str]) -> OfficialText:
    """The text; where text and pack have one document each, it goes by the number that the pack gives it."""
    return text.as_document(int(*documents)) if len(documents) == len(text.documents) == 1 else text
