"""The official text of a policy: read, repaired, cut into clauses, and held against a pack."""
