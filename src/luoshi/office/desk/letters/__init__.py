"""Pages of letters: kinds and samples, templates of offices, numbers, what was issued."""
