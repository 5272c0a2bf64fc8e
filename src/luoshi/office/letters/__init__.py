"""Letters: documents made from data in official form, the Word templates of offices, numbers, what was issued."""
