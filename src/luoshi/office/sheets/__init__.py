"""Periodic sheets: what a policy asks to be recorded of every owner in every period, entered, confirmed, then kept."""
