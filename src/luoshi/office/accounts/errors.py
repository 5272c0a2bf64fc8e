"""What can be wrong with an account or an appointment."""

from __future__ import annotations


class AccountError(ValueError):
    """Something was refused; the text says what and what to do."""
