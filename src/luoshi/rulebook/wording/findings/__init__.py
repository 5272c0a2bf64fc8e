"""The words of every finding: what was seen and expected, and what to do."""
