"""Templates of offices: kept, approved by somebody else, dropped; and how the numbers of an office are worded."""

from __future__ import annotations

import hashlib
import io

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.attachments import actions as attachments
from luoshi.office.audit import actions as audit
from luoshi.office.letters import queries
from luoshi.office.letters.errors import NotAllowed
from luoshi.office.letters.filling import checked
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Approval, Series, Template

BRACKETS = "〔〕[]()（）【】"


@transaction.atomic
def keep(kind: Kind, area: str, content: bytes, name: str, *, by: str, note: str = "") -> Template:
    """A new version of an area's template, which waits for somebody else; the same file again is the one kept before.

    `Unfit` and `NotKept` say why a file is refused.
    """
    clean = checked(kind, content)
    with connection.cursor() as cursor:  # one at a time, so that numbers follow one another
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"letter template {kind} {area}"])
    digest = hashlib.sha256(clean).hexdigest()
    kept = Template.objects.filter(kind=kind, area=area, digest=digest).first()
    if kept is not None:
        return kept
    purpose = f"letter-template:{kind}"
    file = attachments.keep(io.BytesIO(clean), name, area=area, by=by, purpose=purpose)
    last = Template.objects.filter(kind=kind, area=area).aggregate(last=Max("number"))["last"] or 0
    template = Template.objects.create(
        kind=kind, area=area, number=last + 1, file=file, digest=digest, uploaded_by=by, note=note
    )
    facts = {"kind": kind.value, "number": template.number, "digest": digest}
    audit.record("letter-template.upload", actor=by, subject=_subject(kind, area), area=area, details=facts)
    return template


@transaction.atomic
def approve(template: Template, *, by: str) -> None:
    """The template holds from now on. `NotAllowed` for whoever uploaded it; the one that holds already stays."""
    if is_same_person(by, template.uploaded_by):
        raise NotAllowed(_("自己上传的模板要由另一位同事同意，才能使用。"))
    _hold(Kind(template.kind), template.area, template, by=by)


@transaction.atomic
def drop(kind: Kind, area: str, *, by: str) -> None:
    """The area has no template of its own any more: that of the area around holds, or the default."""
    _hold(kind, area, None, by=by)


def _hold(kind: Kind, area: str, template: Template | None, *, by: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"letter template {kind} {area}"])
    last = Approval.objects.filter(kind=kind, area=area).order_by("-id").first()
    held = last.template_id if last else None
    if held == (template.id if template else None):
        return
    uploaded_by = template.uploaded_by if template else ""
    Approval.objects.create(kind=kind, area=area, template=template, uploaded_by=uploaded_by, by=by)
    facts = {"kind": kind.value, "number": template.number if template else None}
    audit.record("letter-template.approve", actor=by, subject=_subject(kind, area), area=area, details=facts)


@transaction.atomic
def set_series(kind: Kind, area: str, words: str, *, department: str, by: str) -> None:
    """How an office words the numbers of a kind from now on. `NotAllowed` where they would not be words."""
    plain = words.strip()
    if not plain or any(sign.isspace() or sign in BRACKETS or sign.isdigit() for sign in plain):
        raise NotAllowed(_("文号的代字只写年份前面的字，如“某人社发”，不带括号、数字和空格。"))
    if queries.find_series(kind, area, department) == plain:
        return
    Series.objects.create(kind=kind, area=area, department=department, words=plain, set_by=by)
    facts = {"kind": kind.value, "words": plain, "department": department}
    audit.record("letter-series.set", actor=by, subject=f"letter-series:{kind}", area=area, details=facts)


def _subject(kind: Kind, area: str) -> str:
    return f"letter-template:{kind}/{area}"
