"""The public's pages of notices: what is shown now, what one has to say against it, and the answer to that."""
