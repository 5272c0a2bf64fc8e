"""How values are typed and worded: a rate in percent, anything else in its unit; and bounds in words."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from luoshi.office.desk.wording import RATE, percent, worded
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import LocalRange, ParameterDef
from luoshi.rulebook.model.types import Number

HUNDRED = 100


def unit_of(item: ParameterDef, lang: str) -> str:
    """The unit behind a field; empty where a number is counted, or there is none."""
    if item.unit_label == RATE:
        return "%"
    return shown(1, item.type, lang).partition(" ")[2] if isinstance(item.type, Number) else ""


def number_written(item: ParameterDef, typed: str) -> str:
    """A number as files write it, from what somebody typed: in any width, with commas or a sign of percent.

    `ValueError` where it is none.
    """
    plain = unicodedata.normalize("NFKC", typed).replace(",", "").replace(" ", "").removesuffix("%")
    try:
        value = Decimal(plain)
    except InvalidOperation as problem:
        raise ValueError(typed) from problem
    if not value.is_finite():
        raise ValueError(typed)
    exact = value / HUNDRED if item.unit_label == RATE else value
    return f"{exact.normalize() + 0:f}"


def number_typed(item: ParameterDef, written: str) -> str:
    """The reverse: what stands in the field for a number as files write it."""
    return percent(Decimal(written)) if item.unit_label == RATE else written


def bounds_in_words(item: ParameterDef, lang: str) -> str:
    """The bounds that the text sets for localities; empty where it sets none."""
    local = item.local
    if local is None:
        return ""
    parts = [text for text in (_range(item, local, lang), _step(item, local, lang)) if text]
    return str(_("，")).join(parts)


def _range(item: ParameterDef, local: LocalRange, lang: str) -> str:
    least, most = (None if bound is None else _said(item, bound, lang) for bound in (local.least, local.most))
    if least is not None and most is not None:
        return _("%(least)s 到 %(most)s") % {"least": least, "most": most}
    if least is not None:
        return _("不低于 %(least)s") % {"least": least}
    return _("不超过 %(most)s") % {"most": most} if most is not None else ""


def _step(item: ParameterDef, local: LocalRange, lang: str) -> str:
    return _("每 %(step)s 一档") % {"step": _said(item, local.step, lang)} if local.step is not None else ""


def _said(item: ParameterDef, bound: Decimal, lang: str) -> str:
    exact = int(bound) if isinstance(item.type, Number) and not item.type.places else bound
    return worded(exact, item.type, item.unit_label, lang)
