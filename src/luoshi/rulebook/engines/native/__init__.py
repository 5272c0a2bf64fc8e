"""The native engine: a pack becomes machine code that goes through registers in memory."""

from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.engines.native.answering import RunOptions, decide_tables, run
from luoshi.rulebook.engines.native.lowering import Tried
from luoshi.rulebook.engines.native.taking import Wish, ingest
from luoshi.rulebook.engines.native.trying import Outcomes, Trying

__all__ = ["Outcomes", "RunOptions", "Tried", "Trying", "Wanted", "Wish", "decide_tables", "ingest", "run"]
