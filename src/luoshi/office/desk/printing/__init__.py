"""Printing in official form: the same paper as PDF and as a Word file."""
