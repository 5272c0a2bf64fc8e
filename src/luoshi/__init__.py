"""Luoshi 落实: carries a local-government policy out, from one readable encoding of its text."""
