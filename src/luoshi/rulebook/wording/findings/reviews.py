"""The words of findings about a pack that loads: what is wrong with it, and what a careful reader would ask."""

from luoshi.rulebook.wording import msg
from luoshi.rulebook.wording.entries import Entry

CHECK = {
    "CHECK-001": Entry(msg("Rows {first} and {second} of the table overlap."), msg("Make the bands disjoint.")),
    "CHECK-002": Entry(msg("No row of the table fits {gap}."), msg("Add a row, or leave it unknown on purpose.")),
    "CHECK-003": Entry(msg("Norm {norm} ({kind}) is carried out by no block."), msg("Add by: or because:.")),
    "CHECK-004": Entry(msg("The clause has neither a norm nor a block."), msg("State its norms.")),
    "CHECK-005": Entry(msg("The parameter {name} is used nowhere."), msg("Use it or remove it.")),
    "CHECK-007": Entry(msg("Example “{name}”: {problem}."), msg("Correct the example or the block.")),
    "CHECK-008": Entry(
        msg("The procedure {name} leads cases, and no step of it decides."),
        msg("Add a step with act: decide, marked stated: false where it is ours."),
    ),
    "CHECK-009": Entry(
        msg("“{measure}” pays money, and no step of its procedure {name} pays."),
        msg("Add a step with act: pay, marked stated: false where it is ours."),
    ),
}
REVIEW = {
    "REVIEW-001": Entry(
        msg("“{title}” pays an amount, and the text does not say from which money."),
        msg("Name its funds, or have the finance department say who pays."),
    ),
    "REVIEW-002": Entry(
        msg("“{title}” has no procedure: how one gets it is not said."),
        msg("Add a procedure, marked stated: false where the steps are ours."),
    ),
    "REVIEW-003": Entry(
        msg("Nobody is told to keep the ledger “{title}”, which {users} read."),
        msg("Name its keeper, or ask who keeps it."),
    ),
    "REVIEW-004": Entry(msg("Nobody is named who judges “{title}”."), msg("Name the office that judges it.")),
    "REVIEW-005": Entry(
        msg("Nobody has to report on the target “{title}”: its document has no reporting duty."),
        msg("Ask who reports on it, and when."),
    ),
    "REVIEW-006": Entry(
        msg("“{title}” is left to localities; until it is set, these stay open: {users}."),
        msg("Have the locality adopt a value by the paper the parameter names."),
    ),
    "REVIEW-007": Entry(
        msg("“{title}”: case {arm} can never be reached; the cases before it take every value of {quantity}."),
        msg("Correct the order or the figures of the cases."),
    ),
    "REVIEW-008": Entry(
        msg("Between “{other}” and “{name}” no measure covers {quantity} {values}."),
        msg("Close the gap, or say that nothing is paid there."),
    ),
    "REVIEW-009": Entry(
        msg("“{other}” and “{name}” both cover {quantity} {values}."), msg("Say which of them holds there.")
    ),
    "REVIEW-010": Entry(
        msg("“{title}” has fewer places than there may be candidates, and no order in which ties are broken."),
        msg("Ask by what the people who choose decide between equals."),
    ),
    "REVIEW-011": Entry(
        msg("“{other}” and “{name}” word the threshold {value} of {quantity} in two ways: {ops}."),
        msg("Ask whether the figure itself is included."),
    ),
    "REVIEW-012": Entry(
        msg("“{title}” does not hold by the figures of the text: {left} against {right}."),
        msg("Ask which of the figures is right, or what else is meant."),
    ),
    "REVIEW-013": Entry(
        msg("“{other}” pays {first} and “{name}” pays {second} to one subject (example “{example}”)."),
        msg("Ask whether they may be joined, and write it under stacking."),
    ),
    "REVIEW-014": Entry(
        msg("No row can meet both “{other}” and “{name}”: {quantity} {values}."), msg("Correct one of the bounds.")
    ),
    "REVIEW-015": Entry(
        msg(
            "“{title}”: the least value {least} of {parameter} is cut by a cap: {cap} instead of {floor} (example"
            " “{example}”, as it is or with one number varied)."
        ),
        msg("Ask which of the two prevails."),
    ),
    "REVIEW-016": Entry(
        msg("The text is open ({ref}): {title}. Read here: {reading}."),
        msg("Have the office named under decides say so."),
    ),
    "REVIEW-017": Entry(
        msg(
            "The text is open ({ref}): {title}. Read here: {reading}. Read as {alternative}, {decided} of the example"
            " “{example}” becomes {after} instead of {before}."
        ),
        msg("Have the office named under decides say so."),
    ),
    "REVIEW-018": Entry(
        msg("“{title}” pays money, and {office} alone checks and decides."),
        msg("Ask which second office looks at it; until then two people of the office must."),
    ),
}
