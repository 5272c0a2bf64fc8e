"""The pages of public notices: what is shown in one's area, and the objections that wait for an answer."""
