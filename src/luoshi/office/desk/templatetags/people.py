"""What areas and accounts are called."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def called(names: Mapping[str, str], key: str) -> str:
    """The name of a key; the key itself where nobody knows its name."""
    return names.get(key, key)
