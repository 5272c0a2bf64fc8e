"""Accounts: those of others, for whoever keeps them, and one's own."""
