"""The rule of passwords that has to be said in our own words."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """Django's rule; its Chinese catalogue has no words for it."""

    def get_error_message(self) -> str:
        """What is wrong with a short password."""
        least = self.min_length
        return ngettext("密码至少要有 %(least)s 个字符。", "密码至少要有 %(least)s 个字符。", least) % {"least": least}
