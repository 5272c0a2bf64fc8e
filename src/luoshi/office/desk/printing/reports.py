"""The papers: a document clause by clause, a measure area by area, one subject with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from luoshi.office.desk.breakdown import Breakdown
from luoshi.office.desk.charts.choosing import compared
from luoshi.office.desk.deciding import ConditionView, DecidedView, MeasureView
from luoshi.office.desk.document import ClauseView, DocumentView
from luoshi.office.desk.keeping import Kept
from luoshi.office.desk.margin import MeasureEntry
from luoshi.office.desk.printing.numerals import heading_of, level_of
from luoshi.office.desk.printing.paper import Block, Heading, Paper, Paragraph, Table
from luoshi.office.desk.printing.receipts import receipt_of
from luoshi.office.desk.printing.sentences import sentences
from luoshi.office.desk.reading import Reading
from luoshi.office.desk.templatetags.desk import count, word
from luoshi.office.desk.wording import Sum
from luoshi.office.runs.queries import Figures


def document_paper(document: DocumentView, reading: Reading, lang: str) -> Paper:
    """A report on a document, clause by clause, with a table of all measures."""
    facts = {"area": reading.area.name, "title": document.title}
    title = _("%(area)s落实《%(title)s》情况") % facts
    return _paper(reading, title, tuple(_document_blocks(document, lang)), lang)


def measure_paper(measure: Breakdown, reading: Reading, lang: str) -> Paper:
    """A measure: its conditions, then area by area; only the whole where areas are not compared."""
    facts = {"area": reading.area.name, "title": measure.entry.title}
    title = _("%(area)s%(title)s情况") % facts
    blocks: list[Block] = [Heading(1, heading_of("1/1", _("条件"), lang))]
    blocks += [Paragraph(f"{words}{_('。')}") for words in measure.conditions]
    blocks += [Heading(1, heading_of("1/2", _("分地区"), lang))]
    is_open = reading.pack.measures[measure.entry.id] in compared(reading.pack, measure.document)
    rows = [_figure_row(row.name, row.figures, row.amount, pays=measure.entry.pays) for row in measure.rows if is_open]
    rows += [_figure_row(reading.area.name, measure.entry.figures, measure.entry.amount, pays=measure.entry.pays)]
    blocks.append(_figures(measure.entry.title, _("地区"), rows, pays=measure.entry.pays))
    return _paper(reading, title, tuple(blocks), lang)


def subject_paper(kept: Kept, decided: DecidedView | None, reading: Reading, lang: str) -> Paper:
    """One subject: what is decided about it and why, then what is kept."""
    blocks: list[Block] = [Heading(1, heading_of("1/1", _("判定和理由"), lang))]
    if decided is None:
        blocks.append(Paragraph(_("判定这个对象要读的行太多，不能当场判定，以计算的结果为准。")))
    else:
        for place, measure in enumerate(decided.measures, 1):
            blocks += _decision(measure, place, lang)
        if not decided.measures:
            blocks.append(Paragraph(_("文件没有给这类对象的扶持措施。")))
    blocks.append(Heading(1, heading_of("1/2", _("台账里的内容"), lang)))
    rows = tuple((value.title, value.words or _("未登记")) for value in kept.values)
    blocks.append(Table(kept.register, (_("项目"), _("内容")), rows))
    title = _("%(name)s判定情况") % {"name": kept.name}
    source = _("来源：%(source)s，第 %(version)s 版。") % {"source": kept.row.source, "version": kept.row.version}
    hash_line = _("文件版本校验值：%(hash)s") % {"hash": reading.pack.hash}
    advice = _("这是给办理人的建议，由人决定。身份证号、账号等已遮盖。")
    return _paper(reading, title, tuple(blocks), lang, (source, hash_line, advice))


def _paper(
    reading: Reading, title: str, blocks: tuple[Block, ...], lang: str, receipt: tuple[str, ...] | None = None
) -> Paper:
    day = _said(reading.on, lang)
    below = _("（截至%(day)s）") % {"day": day}
    return Paper(title, below, blocks, reading.area.name, day, receipt or receipt_of(reading), lang)


def _document_blocks(document: DocumentView, lang: str) -> Iterator[Block]:
    if document.is_draft:
        yield Paragraph(_("这是征求意见稿，数字只供模拟参考，以本单位的采用记录为准。"))
    facts = {"title": document.policy_title, "number": document.official_number or _("未编文号")}
    yield Paragraph(_("依据《%(title)s》（%(number)s），逐条列出办理情况如下。") % facts)
    busy = {clause.id for clause in document.clauses if any(sentences(clause.margin))}
    entries: list[MeasureEntry] = []
    for clause in document.clauses:
        if not _holds(clause, busy):
            continue
        if clause.title:
            yield Heading(level_of(clause.id), heading_of(clause.id, clause.title, lang))
        yield from sentences(clause.margin)
        entries += clause.margin.measures
    if entries:
        pays = any(entry.pays for entry in entries)
        rows = [_figure_row(entry.title, entry.figures, entry.amount, pays=pays) for entry in entries]
        yield _figures(_("扶持措施一览"), _("措施"), rows, pays=pays)


def _holds(clause: ClauseView, busy: Iterable[str]) -> bool:
    """Whether a clause or one below it says something."""
    return any(one == clause.id or one.startswith(f"{clause.id}/") for one in busy)


def _figures(title: str, first: str, rows: list[tuple[str, ...]], *, pays: bool) -> Table:
    heads = (first, _("符合"), _("无法判定"), _("不符合"), *((_("符合者金额"),) if pays else ()))
    return Table(title, heads, tuple(rows), numbers=len(heads) - 1)


def _figure_row(name: str, figures: Figures | None, amount: Sum | None, *, pays: bool) -> tuple[str, ...]:
    if figures is None:
        return (name, *["—"] * (4 if pays else 3))
    counts = (count(figures.eligible), count(figures.undetermined), count(figures.ineligible))
    return (name, *counts, *((f"{amount.digits} {amount.unit}" if amount else "—",) if pays else ()))


def _decision(measure: MeasureView, place: int, lang: str) -> Iterator[Block]:
    outcome = word(measure.outcome, "outcome") + (f" · {measure.amount}" if measure.amount else "")
    yield Heading(2, heading_of(f"1/1/{place}", f"{measure.title}{_('：')}{outcome}", lang))
    yield Paragraph(_("依据 %(clause)s。") % {"clause": measure.cited.words})
    if measure.arithmetic:
        yield Paragraph(measure.arithmetic, name=_("算法") + _("："))
    for condition in measure.conditions:
        yield _condition(condition)


def _condition(condition: ConditionView) -> Paragraph:
    said = [word(condition.state, "state"), condition.reason]
    if condition.missing:
        said.append(_("还缺：") + str(_("、")).join(condition.missing))
    return Paragraph(_("；").join(filter(None, said)) + _("。"), name=condition.title + _("："))


def _said(day: date, lang: str) -> str:
    return formats.date_format(day, "j F Y") if lang == "en" else f"{day.year}年{day.month}月{day.day}日"
