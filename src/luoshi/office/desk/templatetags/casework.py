"""Words and colours of cases, and the way from what somebody is entitled to into an application."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from luoshi.office.desk import case_words
from luoshi.office.notices import models as notices
from luoshi.rulebook.model.blocks import Pack

register = template.Library()


@register.filter
def tone(state: str) -> str:
    """The colour of a state."""
    return "late" if state == "refused" else case_words.tone(state)


@register.filter
def result(code: str) -> str:
    """A result in words."""
    return case_words.result_words(code)


@register.filter
def yuan(amount: Decimal) -> str:
    """A sum with its thousands apart."""
    return notices.yuan(amount)


@register.filter
def called(people: Mapping[str, str], name: str) -> str:
    """What the holder of an account is called."""
    return people.get(name, name)


@register.simple_tag
def taking(pack: Pack, measure_id: str, row_id: object) -> str:
    """Where an application for a measure is taken in for a row of its register; "" where no case is led for that."""
    measure = pack.measures.get(measure_id)
    procedure = pack.procedures.get(measure.procedure or "") if measure else None
    if measure is None or procedure is None or not procedure.has_cases or measure.register not in procedure.registers:
        return ""
    address = reverse("case-claim", args=[pack.policy.id, procedure.id, measure.register, row_id])
    return f"{address}?{urlencode({'measure': measure.id})}"
