"""What people type to come in: codes and passwords."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.office.accounts.actions import change_password
from luoshi.office.accounts.models import User
from luoshi.office.accounts.second_factor import DIGITS, RECOVERY_DIGITS
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.tries import note_failed_try


class EntranceForm(AuthenticationForm):
    """Account and password. A password that was given long ago, and never used, opens nothing any more."""

    def confirm_login_allowed(self, user: User) -> None:
        """Nothing, for whoever may come in."""
        super().confirm_login_allowed(user)
        if user.is_first_password_over(timezone.now()):
            raise ValidationError(_("初始密码过了十四天没有用，已经失效。请系统管理员给一个新的。"), code="over")


class CodeInput(forms.TextInput):
    """A field for a code. One that was refused is not shown again: nobody corrects it, the next one is typed."""

    def format_value(self, value: Any) -> None:
        """Empty."""


class CodeForm(forms.Form):
    """A code as somebody types it: with blanks, hyphens or full-width digits."""

    lengths: tuple[int, ...] = (DIGITS, RECOVERY_DIGITS)
    complaint = _("验证码是六位数字，恢复码是十位数字。")
    code = forms.CharField(
        label=_("验证码"),
        max_length=40,
        widget=CodeInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """Its digits; refused where they are neither six nor ten."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        code = "".join(sign for sign in typed if not sign.isspace() and sign != "-")
        if not (code.isascii() and code.isdigit() and len(code) in self.lengths):
            raise ValidationError(self.complaint)
        return code


class FirstCodeForm(CodeForm):
    """The first code of a phone: there are no recovery codes yet."""

    lengths = (DIGITS,)
    complaint = _("验证码是六位数字。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["code"].widget.attrs["autofocus"]  # the picture above it comes first


class PasswordForm(PasswordChangeForm):
    """A new password; wrong tries of the old one lock the account as they do on the sign-in page."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("旧密码不对。"),
        "password_same": _("新密码和旧密码一样，请换一个。"),
        "password_mismatch": _("两次输入的新密码不一样。"),
    }

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request
        self.fields["new_password1"].help_text = _("至少十二个字符；不能全是数字，不能是常见密码，不能像您的账号。")
        self.fields["new_password2"].help_text = _("再输入一次新密码。")

    def clean_old_password(self) -> str:
        """The old password, where it is right."""
        typed = str(self.cleaned_data["old_password"])
        if authenticate(self._request, username=self.user.username, password=typed) is None:
            note_failed_try(self._request, self.user.username)
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return typed

    def clean_new_password1(self) -> str:
        """The new password, which is another: one that somebody else has made does not stay."""
        typed = str(self.cleaned_data["new_password1"])
        if self.user.check_password(typed):
            raise ValidationError(self.error_messages["password_same"], code="password_same")
        return typed

    def save(self, commit: bool = True) -> User:
        """The account with its new password."""
        by, origin = self.user.username, origin_of(self._request)
        change_password(self.user, self.cleaned_data["new_password1"], by=by, origin=origin)
        return self.user
