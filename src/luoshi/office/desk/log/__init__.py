"""The event log, for whoever looks into it."""
