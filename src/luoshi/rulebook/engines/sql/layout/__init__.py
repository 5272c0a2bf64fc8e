"""What is computed where: which parts become columns, which tables are stored, in which order."""
