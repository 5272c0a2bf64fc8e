"""A notice as a paper for the board of a village, PDF or Word: with nothing that the notice does not show."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from luoshi.office.audit import actions as audit
from luoshi.office.desk.notices.views import asked
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.printing.paper import Block, Paper, Paragraph, Table
from luoshi.office.desk.printing.views import FORMS
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.notices import queries
from luoshi.office.notices.models import Notice


@never_cache
@require_GET
def printed(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The file, after its making has been recorded."""
    found = asked(request, number)
    if form not in FORMS:
        raise Http404
    kind, ending, made = FORMS[form]
    content = made(notice_paper(found, reader_language()))
    by, subject, origin = request.user.get_username(), f"notice:{found.id}", origin_of(request)
    audit.record("notice.print", actor=by, subject=subject, area=found.area, origin=origin, details={"form": form})
    named = content_disposition_header(True, f"{found.heading}.{ending}")
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": str(named)})


def notice_paper(notice: Notice, lang: str) -> Paper:
    """The notice as a paper."""
    facts = {"first": notice.first_day.isoformat(), "last": notice.last_day.isoformat(), "days": notice.days}
    counted = _("公示期自 %(first)s 至 %(last)s，发布当天不算，共 %(days)s 个工作日。")
    calendar = _("公示期自 %(first)s 至 %(last)s，发布当天不算，共 %(days)s 天。")
    blocks: list[Block] = [
        Paragraph(_("依据%(basis)s，现予公示。") % {"basis": notice.basis}),
        Paragraph((counted if notice.days_kind == Notice.Days.WORKING else calendar) % facts),
    ]
    if notice.paper:
        blocks.append(Paragraph(_("公示天数由%(paper)s规定。") % {"paper": notice.paper}))
    blocks.append(_table(notice))
    reception = queries.find_reception(notice.area)
    if notice.kind == Notice.Kind.PROPOSAL:
        blocks.append(Paragraph(_("对公示内容有异议的，可以在公示期内向发布单位提出。")))
        if reception is not None:
            blocks.append(Paragraph(reception.contact, name=_("受理地址和电话：")))
    number = _("公示编号：%(number)s") % {"number": notice.number_written}
    return Paper(notice.heading, "", tuple(blocks), notice.office, notice.first_day.isoformat(), (number,), lang)


def _table(notice: Notice) -> Table:
    lines = queries.list_lines(notice)
    if notice.names:
        heads = (_("序号"), _("姓名或名称"), _("所在地"), _("事项"), _("金额（元）"))
        rows = [(str(one.position), one.shown, one.place, one.title, one.sum or "—") for one in lines]
        return Table(_("公示名单"), heads, tuple(rows), numbers=1)
    sums = [(one.place or _("其他地方"), str(one.number), one.sum or "—") for one in lines]
    few = _("不足 3") if notice.is_of_few else str(notice.number)
    sums.append((_("合计"), few, notice.sum or "—"))
    return Table(_("数量和金额"), (_("所在地"), _("数量"), _("金额（元）")), tuple(sums), numbers=2)
