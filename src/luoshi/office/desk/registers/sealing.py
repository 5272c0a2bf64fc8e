"""Parts of addresses that only this service can read: what was searched for and where a page goes on may name people.

An address ends up in histories, bookmarks and the logs of machines on the way.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import BadRequest

from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import Tampered
from luoshi.office.registry.filters import After

TEXT, PLACE = "address.text", "address.place"
WRITTEN: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "Decimal": Decimal,
}


def seal(text: str, kind: str = TEXT) -> str:
    """The text as a part of an address."""
    return urlsafe_b64encode(secrecy().close(text, kind)).decode().rstrip("=")


def unseal(written: str, kind: str = TEXT) -> str:
    """The text of a part of an address; a bad request for anything that this service has not sealed."""
    try:
        return secrecy().open(urlsafe_b64decode(written + "=" * (-len(written) % 4)), kind)
    except (Tampered, ValueError):
        raise BadRequest from None


def seal_place(place: After) -> str:
    """Where a page goes on."""
    kind = type(place.cell).__name__
    return seal(json.dumps([kind, place.cell if kind not in WRITTEN else str(place.cell), place.id]), PLACE)


def unseal_place(written: str) -> After:
    """Where a page goes on, from a part of an address."""
    kind, cell, row_id = json.loads(unseal(written, PLACE))
    value: Any = WRITTEN[kind](cell) if kind in WRITTEN else cell
    return After(value, row_id)
