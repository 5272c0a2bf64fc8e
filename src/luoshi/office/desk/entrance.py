"""The way in: the password, then a code from one's phone; and the way out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import segno
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormView
from django_otp import login as keep_verified

from luoshi.office.accounts import second_factor, sign_ins
from luoshi.office.accounts.models import User
from luoshi.office.accounts.second_factor import AlreadyEnrolled, CodeRefused, NotYet
from luoshi.office.desk.forms import CodeForm, EntranceForm, FirstCodeForm
from luoshi.office.desk.origin import address_of, agent_of, origin_of
from luoshi.office.desk.tries import note_failed_try

KEY = "second_factor_key"
"""Where a session keeps the closed key of a phone that is being enrolled."""
WORTH_TELLING = 3
"""Seconds to wait that nobody notices."""
TOO_MANY_REQUESTS = 429

if TYPE_CHECKING:
    CodeView = FormView[CodeForm]
else:
    CodeView = FormView


class SignIn(LoginView):
    """The page on which people sign in."""

    template_name = "desk/sign_in.html"
    authentication_form = EntranceForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in with the password, which the gate does not take for enough."""
        answer = super().form_valid(form)
        session, user = self.request.session, form.get_user()
        if session.session_key is None:
            session.save()
        where = {"address": address_of(self.request), "agent": agent_of(self.request)}
        sign_ins.begin(user, session.session_key or "", timezone.now(), **where)
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Not signed in, which is on record."""
        note_failed_try(self.request, form.cleaned_data.get("username", ""))
        return super().form_invalid(form)


class SignOut(LogoutView):
    """The way out."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Signed out here, and what the device keeps for times without a network is erased."""
        if isinstance(request.user, User):
            sign_ins.sign_out(request.user, request.session.session_key or "", origin=origin_of(request))
        answer = super().post(request, *args, **kwargs)
        answer["Clear-Site-Data"] = '"storage"'
        return answer


class _Code(RedirectURLMixin, CodeView):
    """A page that asks for a code and leads back to where somebody wanted to go."""

    next_page = "home"

    @property
    def person(self) -> User:
        """Whoever has signed in."""
        assert isinstance(self.request.user, User)
        return self.request.user

    @property
    def origin(self) -> str:
        """Where they are, as the log keeps it."""
        return origin_of(self.request)

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        """What the page shows."""
        return super().get_context_data(next=self.get_redirect_url(), **known)

    def refused(self, form: CodeForm, refusal: CodeRefused) -> HttpResponse:
        """The page again, with what went wrong and when to try again."""
        form.add_error("code", in_words(refusal, timezone.now()))
        answer = self.form_invalid(form)
        answer.status_code = TOO_MANY_REQUESTS if isinstance(refusal, NotYet) else answer.status_code
        return answer

    def elsewhere(self, route: str) -> HttpResponse:
        """To the other page, without forgetting where somebody wanted to go."""
        wanted = self.get_redirect_url()
        return redirect(f"{reverse(route)}?{urlencode({'next': wanted})}" if wanted else route)


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class SecondFactor(_Code):
    """The page that asks for a code after the password."""

    template_name = "desk/second_factor.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """On to the page somebody wanted where a code has been given; to the enrolment where there is no phone yet."""
        if self.person.otp_device is not None:
            return HttpResponseRedirect(self.get_success_url())
        if not second_factor.is_enrolled(self.person):
            return self.elsewhere("second-factor-enrol")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """In, where the code is right."""
        code = form.cleaned_data["code"]
        try:
            device = second_factor.verify(self.person, code, timezone.now(), origin=self.origin)
        except CodeRefused as refusal:
            return self.refused(form, refusal)
        keep_verified(self.request, device)
        if len(code) == second_factor.RECOVERY_DIGITS:
            self._tell_what_is_left()
        return super().form_valid(form)

    def _tell_what_is_left(self) -> None:
        left = second_factor.codes_left(self.person)
        said = ngettext(
            "还剩 %(left)s 个恢复码。手机不再用了的，请在“登录情况”里更换验证手机。",
            "还剩 %(left)s 个恢复码。手机不再用了的，请在“登录情况”里更换验证手机。",
            left,
        )
        messages.warning(self.request, said % {"left": left})


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class Enrolment(_Code):
    """The page that brings a phone and an account together."""

    template_name = "desk/second_factor_enrol.html"
    form_class = FirstCodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has a phone shows its code before it is replaced."""
        if self.person.otp_device is None and second_factor.is_enrolled(self.person):
            return self.elsewhere("second-factor")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        """The secret, as a picture and as text; the same one until it is used or the session ends."""
        offer = second_factor.offer(self.person, self._key())
        picture = segno.make_qr(offer.address, error="m").svg_data_uri(scale=5, border=3, light="#fff")
        is_another = self.person.otp_device is not None
        return super().get_context_data(offer=offer, picture=picture, is_another=is_another, **known)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """The recovery codes, this once."""
        now, code = timezone.now(), form.cleaned_data["code"]
        try:
            device, codes = second_factor.enrol(self.person, self._key(), code, now, origin=self.origin)
        except AlreadyEnrolled:
            return self.elsewhere("second-factor")
        except CodeRefused as refusal:
            return self.refused(form, refusal)
        keep_verified(self.request, device)
        del self.request.session[KEY]
        sign_ins.end_all(self.person, but=self.request.session.session_key)
        self.person.is_let_in = True
        return render(self.request, "desk/recovery_codes.html", {"codes": codes, "onward": self.get_success_url()})

    def _key(self) -> str:
        return str(self.request.session.setdefault(KEY, second_factor.new_key(self.person)))


def in_words(refusal: CodeRefused, now: datetime) -> list[str]:
    """What was wrong with a code, and when the next may be tried."""
    wrong = [] if isinstance(refusal, NotYet) else [_("验证码不对，或者已经用过。")]
    if refusal.until is None or (refusal.until - now).total_seconds() < WORTH_TELLING:
        return wrong or [_("请过几秒再试。")]
    until = timezone.localtime(refusal.until)
    form = "H:i:s" if until.date() == timezone.localdate(now) else "Y-m-d H:i:s"
    later = _("输错次数多，请在 %(time)s 之后再试。") % {"time": date_format(until, form)}
    return [*wrong, later]
