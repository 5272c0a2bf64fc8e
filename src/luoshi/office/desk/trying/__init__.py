"""Trying a change of a subject's facts: what the policy would decide then. Nothing is kept of it."""
