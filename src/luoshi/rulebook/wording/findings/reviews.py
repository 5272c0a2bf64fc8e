"""The words of findings about the review of a pack that loads."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

CHECK = {
    "CHECK-001": Entry(msg("Rows {first} and {second} of the table overlap."), msg("Make the bands disjoint.")),
    "CHECK-002": Entry(msg("No row of the table fits {gap}."), msg("Add a row, or leave it unknown on purpose.")),
    "CHECK-003": Entry(msg("Norm {norm} ({kind}) is carried out by no block."), msg("Add by: or because:.")),
    "CHECK-004": Entry(msg("The clause has neither a norm nor a block."), msg("State its norms.")),
    "CHECK-005": Entry(msg("The parameter {name} is used nowhere."), msg("Use it or remove it.")),
    "CHECK-007": Entry(msg("Example “{name}”: {problem}."), msg("Correct the example or the block.")),
}
