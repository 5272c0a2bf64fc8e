"""Public notices: what is shown of cases, for exactly its days, and the objections to it."""
