"""The given tables, in any dialect: which columns can be used as what, and what is wrong with their cells."""
