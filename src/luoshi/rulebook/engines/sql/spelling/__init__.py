"""How steps and expressions become SQL text: what all dialects say alike, and the words in which they differ."""
