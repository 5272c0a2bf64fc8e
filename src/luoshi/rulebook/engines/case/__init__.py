"""The case engine: slow, obvious, the reference. It records every step and so can explain a decision."""

from luoshi.rulebook.engines.case.deciding import CaseEngine

__all__ = ["CaseEngine"]
