"""Passwords: the rule that has to be said in our own words, and those that are made for somebody."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.crypto import get_random_string
from django.utils.translation import ngettext

FIRST = 16
SIGNS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of a first password, which is read from paper: nothing that looks like something else."""


class LongEnough(MinimumLengthValidator):
    """Django's rule; its Chinese catalogue has no words for it."""

    def get_error_message(self) -> str:
        """What is wrong with a short password."""
        least = self.min_length
        return ngettext("密码至少要有 %(least)s 个字符。", "密码至少要有 %(least)s 个字符。", least) % {"least": least}


def first_password() -> str:
    """A password that nobody has, to be told once and changed at the first sign-in."""
    return get_random_string(FIRST, SIGNS)
