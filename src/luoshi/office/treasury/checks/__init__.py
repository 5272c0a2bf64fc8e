"""The standing checks before every batch. Each says what it looked into: one that looked at nothing has not passed."""
