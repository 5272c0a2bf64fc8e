"""The public site: policies in plain words, what somebody is entitled to, and one's own page."""
