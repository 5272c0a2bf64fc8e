"""The event log: who did what, when, on what basis and from where, in a chain that nobody can mend unseen."""
