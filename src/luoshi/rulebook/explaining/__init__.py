"""From recorded steps to words: why an outcome is what it is, what is missing, what would change it."""
