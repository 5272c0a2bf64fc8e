"""Addresses of the pages about money."""

from __future__ import annotations

from django.urls import path

from luoshi.office.desk.treasury import batches, books, clauses, failures, funds, layouts, ledger, lines, payments

FUND = "money/funds/<slug:pack_id>/<slug:fund>/<int:year>/<str:area>/"
ACCOUNT = "statements/<slug:pack_id>/<slug:name>/accounts/<str:area>/"

urlpatterns = [
    path("money/", funds.treasury, name="treasury"),
    path("money/give/", funds.give, name="budget-give"),
    path(FUND, funds.fund, name="fund"),
    path(f"{FUND}hand-down/", funds.hand_down, name="budget-hand-down"),
    path(f"{FUND}close/", funds.close_year, name="year-close"),
    path("money/entries/<int:number>/reverse/", funds.reverse, name="entry-reverse"),
    path("money/batches/", batches.batches, name="batches"),
    path("money/batches/make/", batches.make, name="batch-make"),
    path("money/batches/<int:number>/", batches.batch, name="batch"),
    path("money/batches/<int:number>/submit/", batches.submit, name="batch-submit"),
    path("money/batches/<int:number>/check/", batches.check, name="batch-check"),
    path("money/batches/<int:number>/approve/", batches.approve, name="batch-approve"),
    path("money/batches/<int:number>/send-back/", batches.send_back, name="batch-send-back"),
    path("money/batches/<int:number>/withdraw/", batches.withdraw, name="batch-withdraw"),
    path("money/batches/<int:number>/send/", batches.send, name="batch-send"),
    path("money/batches/<int:number>/file/", batches.bank_file, name="bank-file"),
    path("money/batches/<int:number>/return/", batches.take_back, name="bank-return"),
    path("money/batches/<int:number>/checks/", lines.accept, name="check-accept"),
    path("money/batches/<int:number>/lines/<int:line>/keep/", lines.keep, name="line-keep"),
    path("money/batches/<int:number>/lines/<int:line>/stop/", lines.stop, name="line-stop"),
    path("money/failures/", failures.failures, name="failures"),
    path("money/failures/<int:number>/ready/", failures.ready, name="failure-ready"),
    path("money/failures/<int:number>/assign/", failures.assign, name="failure-assign"),
    path("money/payments/<int:number>/", payments.payment, name="payment"),
    path("money/payments/<int:number>/payee/", payments.replace_payee, name="payee-replace"),
    path("money/payments/<int:number>/release/", payments.release, name="payment-release"),
    path("money/payments/<int:number>/lower/", payments.lower, name="payment-lower"),
    path("money/payments/<int:number>/demand/", payments.demand, name="payment-demand"),
    path("money/measures/<slug:pack_id>/<slug:measure_id>/", payments.measure_money, name="measure-money"),
    path("money/claw-backs/", payments.claw_backs, name="claw-backs"),
    path("money/claw-backs/<int:number>/settle/", payments.settle, name="claw-back-settle"),
    path("money/ledger/", ledger.trial_balance, name="trial-balance"),
    path("money/ledger/prove/", ledger.prove, name="treasury-prove"),
    path("money/lists/", ledger.person_lists, name="person-lists"),
    path("money/lists/add/", ledger.add_list, name="person-list-add"),
    path("money/clauses/<slug:pack_id>/", clauses.clause_money, name="clause-money"),
    path("money/layouts/", layouts.list_all, name="layouts"),
    path("money/layouts/add/", layouts.add, name="layout-add"),
    path("money/layouts/<int:number>/", layouts.layout, name="layout"),
    path("money/layouts/<int:number>/change/", layouts.change, name="layout-change"),
    path("money/layouts/<int:number>/use/", layouts.use, name="layout-use"),
    path("statements/<slug:pack_id>/<slug:name>/accounts/", books.accounts, name="accounts-of"),
    path(ACCOUNT, books.account, name="account-of"),
    path(f"{ACCOUNT}follow/", books.follow, name="account-follow"),
    path(f"{ACCOUNT}rows/<int:row_id>/spend/", books.spend, name="account-spend"),
    path(f"{ACCOUNT}rows/<int:row_id>/take-back/", books.take_back, name="account-take-back"),
]
