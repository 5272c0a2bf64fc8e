"""What somebody is entitled to, by asking: only what can still change an outcome, decided by the case engine."""
