"""How values are written in a block: names, truths, days, exact numbers, texts in both languages."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from luoshi.rulebook.model.bases import Bilingual

DATE_KEY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Snake = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Kebab = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
Expression = Annotated[str, StringConstraints(min_length=1)]
Level = Literal["province", "city", "county", "township", "village"]
Payer = Literal["central", "province", "city", "county", "township", "society", "silent"]


def _truth(value: object) -> object:
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    raise ValueError("true or false")


def _day(value: object) -> object:
    if value is None or (isinstance(value, str) and DATE_KEY.fullmatch(value)):
        return value
    raise ValueError("a date such as 2018-12-22")


def _decimal(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,10})?", value):
        return value
    raise ValueError("a number such as 0.50")


def _whole(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        return value
    raise ValueError("a whole number")


Truth = Annotated[bool, BeforeValidator(_truth)]
Day = Annotated[date, BeforeValidator(_day)]
Exact = Annotated[Decimal, BeforeValidator(_decimal)]
Whole = Annotated[int, BeforeValidator(_whole)]


class Shape(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(Shape):
    """A text in both languages."""

    zh: str
    en: str

    def text(self) -> Bilingual:
        """The text as a value of the model."""
        return Bilingual(self.zh, self.en)


class Span(Shape):
    """A span of days, both included; None is open."""

    start: Day | None = Field(None, alias="from")
    to: Day | None = None
