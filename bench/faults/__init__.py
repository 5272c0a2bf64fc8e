"""Faults: parts of the service are killed in the middle of its work, and nothing may be lost or half done."""
