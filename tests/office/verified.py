"""A browser in which somebody has given password and code, without typing either."""

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from luoshi.office.accounts.models import Phone, User
from luoshi.office.accounts.second_factor import closed

KEY = "31" * 20


def device_of(user: User) -> Phone:
    """The account's phone, which it gets where it has none."""
    kept = {"name": "phone", "closed_key": bytes.fromhex(closed(user, KEY))}
    return Phone.objects.get_or_create(user=user, defaults=kept)[0]


def verify(client: Client, user: User) -> Client:
    """The browser, whose session has shown the code."""
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device_of(user).persistent_id
    session.save()
    return client


def let_in(client: Client, user: User) -> Client:
    """The browser, signed in and verified."""
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return verify(client, user)
