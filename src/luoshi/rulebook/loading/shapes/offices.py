"""The shapes of who acts: departments and offices."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from luoshi.rulebook.loading.shapes.written import Both, Kebab, Shape


class DepartmentShape(Shape):
    """A department."""

    title: Both


class OfficeShape(Shape):
    """An office."""

    title: Both
    kind: Literal["government", "applicant", "outside"] = "government"
    level: Literal["village", "township", "county", "city", "province", "state"] | None = None
    department: Kebab | None = None
    recorded_by: Kebab | None = None

    @model_validator(mode="after")
    def _what_its_kind_needs(self) -> OfficeShape:
        if (self.kind == "government") != (self.level is not None) or (self.department and not self.level):
            raise ValueError("an office of the government has a level, and no other has one")
        if (self.kind == "outside") != (self.recorded_by is not None):
            raise ValueError("what an office does outside is recorded_by another, and nothing else is")
        return self
