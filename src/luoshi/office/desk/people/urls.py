"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.people import acts, admitting, own, posts, uploading, views

_ACCOUNT = "accounts/<int:number>/"

urlpatterns = [
    path("account/", own.own_account, name="own-account"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/open/", admitting.account_open, name="account-open"),
    path("accounts/upload/", uploading.accounts_upload, name="accounts-upload"),
    path("accounts/template/", uploading.accounts_template, name="accounts-template"),
    path(_ACCOUNT, views.account, name="account"),
    path(f"{_ACCOUNT}appoint/", posts.account_appoint, name="account-appoint"),
    path(f"{_ACCOUNT}stand-in/<int:appointment>/", posts.account_stand_in, name="account-stand-in"),
    path(f"{_ACCOUNT}end/<int:appointment>/", posts.appointment_end, name="appointment-end"),
    path(f"{_ACCOUNT}close/", acts.account_close, name="account-close"),
    path(f"{_ACCOUNT}reopen/", acts.account_reopen, name="account-reopen"),
    path(f"{_ACCOUNT}unlock/", acts.account_unlock, name="account-unlock"),
    path(f"{_ACCOUNT}end-sign-ins/", acts.account_end_sign_ins, name="account-end-sign-ins"),
    path(f"{_ACCOUNT}renew-password/", admitting.account_renew_password, name="account-renew-password"),
    path(f"{_ACCOUNT}person/", acts.account_person, name="account-person"),
    path(f"{_ACCOUNT}reset-second-factor/", acts.account_reset_second_factor, name="account-reset-second-factor"),
]
