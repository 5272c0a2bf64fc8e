"""The shapes of the blocks as they are written, before names and types are resolved.

Validation errors become findings at the line of the offending key; see `docs/reference/blocks.md`.
"""

from __future__ import annotations

from luoshi.rulebook.loading.shapes.administration import (
    DutyShape,
    IntegrityShape,
    MatchShape,
    ProcedureShape,
    ScorecardShape,
)
from luoshi.rulebook.loading.shapes.decisions import (
    AwardShape,
    CrosscheckShape,
    FactShape,
    LimitShape,
    MeasureShape,
    TargetShape,
)
from luoshi.rulebook.loading.shapes.offices import DepartmentShape, OfficeShape
from luoshi.rulebook.loading.shapes.policies import ExampleShape, NormShape
from luoshi.rulebook.loading.shapes.records import AssumeShape, FundShape, ParameterShape, RegisterShape, TableShape
from luoshi.rulebook.loading.shapes.sheets import SheetShape, StatementShape
from luoshi.rulebook.loading.shapes.written import Shape

SHAPES: dict[str, type[Shape]] = {
    "norm": NormShape,
    "register": RegisterShape,
    "parameter": ParameterShape,
    "table": TableShape,
    "fact": FactShape,
    "measure": MeasureShape,
    "award": AwardShape,
    "limit": LimitShape,
    "target": TargetShape,
    "crosscheck": CrosscheckShape,
    "fund": FundShape,
    "assume": AssumeShape,
    "department": DepartmentShape,
    "office": OfficeShape,
    "procedure": ProcedureShape,
    "sheet": SheetShape,
    "statement": StatementShape,
    "duty": DutyShape,
    "scorecard": ScorecardShape,
    "match": MatchShape,
    "integrity": IntegrityShape,
    "example": ExampleShape,
}
KEYS: dict[str, str] = {
    "norm": r"[a-z]{1,2}(-def)?",
    "register": r"[a-z][a-z0-9_]{0,63}",
    "parameter": r"[a-z][a-z0-9_]{0,63}",
    "table": r"[a-z][a-z0-9_]{0,63}",
    "fact": r"[a-z][a-z0-9_]{0,63}",
    "assume": r"[a-z][a-z0-9_]{0,63}",
    "example": r"[^\x00-\x1f]{1,200}",
}
KEBAB_KEY = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
