"""What an upload or an activation is refused for. Nothing is kept of what was refused."""

from __future__ import annotations

from typing import Any


class Unusable(Exception):
    """Files that are no pack for this place. Pages word `kind`, with the facts.

    `archive` (no zip, or a damaged one), `locked` (encrypted), `path` (a name that leads out of the folder), `link`,
    `count` (too many files), `size` (too large), `policy` (no policy.yaml, or several), `twice` (two files of one
    name), `library` (a pack that only lends), `name` (a pack id that the service keeps for itself), `jurisdiction`
    (another than that of the editions there are), `scope` (a policy beyond the area of whoever uploads).
    """

    def __init__(self, kind: str, **facts: Any) -> None:
        self.kind, self.facts = kind, facts
        super().__init__(f"{kind} {facts}")


class AlreadyKept(Exception):
    """The same files are an edition already."""

    def __init__(self, pack_id: str, number: int) -> None:
        self.pack_id, self.number = pack_id, number
        super().__init__(f"{pack_id} {number}")


class NotNow(Exception):
    """What was asked does not fit the state of an edition. Pages word `kind`: `state`, `uploader`, `day` (before
    today), `held` (it decides or has decided), `adoption` (a draft without a document that adopts it)."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)
