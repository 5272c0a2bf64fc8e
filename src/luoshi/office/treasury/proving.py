"""The proof: ledger, commitments, payments, bank files and what came back say the same, counted in different ways."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction

from luoshi.office.audit import actions as audit
from luoshi.office.treasury.models import Proof

MOST_KEPT = 200


@dataclass(frozen=True)
class Difference:
    """Something that does not agree: of which comparison, where, what was expected and what was found."""

    kind: str
    where: str
    expected: str
    found: str


COMPARISONS: dict[str, str] = {
    "account": """
        SELECT 'account ' || a.id, coalesce(sum(l.amount), 0), a.balance
        FROM treasury_account a LEFT JOIN treasury_entryline l ON l.account_id = a.id GROUP BY a.id""",
    "entry": """
        SELECT 'entry ' || e.id, 0, coalesce(sum(l.amount), 0)
        FROM treasury_entry e LEFT JOIN treasury_entryline l ON l.entry_id = e.id GROUP BY e.id""",
    "commitments": """
        SELECT coalesce(c.place, a.place), coalesce(c.amount, 0), coalesce(a.amount, 0) FROM
            (SELECT concat_ws(' ', pack_id, fund, year, fund_area, held_in) AS place, sum(amount - demanded) AS amount
             FROM treasury_commitment WHERE held_in <> 'budget' GROUP BY 1) c
        FULL JOIN
            (SELECT concat_ws(' ', pack_id, fund, year, area, kind) AS place, sum(balance) AS amount
             FROM treasury_account WHERE kind IN ('committed', 'paying', 'paid', 'returned') GROUP BY 1) a
        ON a.place = c.place""",
    "claw-backs": """
        SELECT coalesce(c.place, a.place), coalesce(c.amount, 0), coalesce(a.amount, 0) FROM
            (SELECT concat_ws(' ', pack_id, fund, year, fund_area) AS place,
                sum(b.amount - received - written_off) AS amount
             FROM treasury_clawback b JOIN treasury_commitment c ON c.id = b.commitment_id GROUP BY 1) c
        FULL JOIN
            (SELECT concat_ws(' ', pack_id, fund, year, area) AS place, sum(balance) AS amount
             FROM treasury_account WHERE kind = 'due_back' GROUP BY 1) a
        ON a.place = c.place""",
    "row-entries": """
        SELECT coalesce(r.place, a.place), coalesce(r.amount, 0), coalesce(a.amount, 0) FROM
            (SELECT concat_ws(' ', pack_id, fund, area) AS place, sum(amount) AS amount
             FROM treasury_rowentry WHERE taken_back_id IS NULL GROUP BY 1) r
        FULL JOIN
            (SELECT concat_ws(' ', pack_id, fund, area) AS place, sum(balance) AS amount
             FROM treasury_account WHERE kind = 'village' GROUP BY 1) a
        ON a.place = r.place""",
    "paid-lines": """
        SELECT 'commitment ' || c.id, CASE c.state WHEN 'paid' THEN c.amount ELSE 0 END, coalesce(sum(l.amount), 0)
        FROM treasury_commitment c LEFT JOIN treasury_line l ON l.commitment_id = c.id AND l.state = 'paid'
        GROUP BY c.id""",
    "bank-files": """
        SELECT 'batch ' || b.id, f.total, coalesce(sum(l.amount), 0)
        FROM treasury_batch b JOIN treasury_bankfile f ON f.batch_id = b.id
        LEFT JOIN treasury_line l ON l.batch_id = b.id AND l.state <> 'stopped' GROUP BY b.id, f.total""",
    "bank-file-lines": """
        SELECT 'batch ' || b.id, f.count, count(l.id)
        FROM treasury_batch b JOIN treasury_bankfile f ON f.batch_id = b.id
        LEFT JOIN treasury_line l ON l.batch_id = b.id AND l.state <> 'stopped' GROUP BY b.id, f.count""",
    "sent-without-file": """
        SELECT 'batch ' || b.id, 1, count(f.id) FROM treasury_batch b
        LEFT JOIN treasury_bankfile f ON f.batch_id = b.id WHERE b.state IN ('sent', 'done') GROUP BY b.id""",
    "returns": """
        SELECT 'batch ' || b.id, r.paid_total, coalesce(sum(l.amount) FILTER (WHERE l.state = 'paid'), 0)
        FROM treasury_batch b JOIN treasury_returnfile r ON r.batch_id = b.id
        LEFT JOIN treasury_line l ON l.batch_id = b.id GROUP BY b.id, r.paid_total""",
    "returned-lines": """
        SELECT 'batch ' || b.id, r.failed, count(l.id) FILTER (WHERE l.state <> 'paid')
        FROM treasury_batch b JOIN treasury_returnfile r ON r.batch_id = b.id
        LEFT JOIN treasury_line l ON l.batch_id = b.id AND l.state <> 'stopped' GROUP BY b.id, r.failed""",
}
"""Each gives where, what is expected, what is found: one row for each thing that is compared."""


def compare() -> tuple[int, list[Difference]]:
    """How many things were compared, and those that differ."""
    looked_at, differences = 0, []
    with connection.cursor() as cursor:
        for kind, query in COMPARISONS.items():
            cursor.execute(
                "SELECT count(*), coalesce(json_agg(json_build_array(place, expected::text, found::text))"
                " FILTER (WHERE expected <> found), '[]')::jsonb::text"
                f" FROM ({query}) compared (place, expected, found)"
            )
            rows, found = cursor.fetchone()
            looked_at += rows
            differences += [Difference(kind, *each) for each in json.loads(found)]
    return looked_at, differences


@transaction.atomic
def prove(*, by: str, now: datetime, origin: str = "") -> Proof:
    """The comparison as of now, kept and put on record."""
    looked_at, differences = compare()
    details = {"compared": looked_at, "differences": len(differences)}
    audit.record("treasury.prove", actor=by, subject="treasury:proof", origin=origin, details=details)
    found = [asdict(each) for each in differences[:MOST_KEPT]]
    return Proof.objects.create(at=now, by=by, looked_at=looked_at, differences=len(differences), found=found)
