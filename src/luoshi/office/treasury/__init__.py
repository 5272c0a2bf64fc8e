"""The treasury: budgets, commitments, payments and the ledger that holds them all.

What is to be paid is decided elsewhere. Here it is set aside, listed, checked, approved, sent to the bank and followed.
"""
