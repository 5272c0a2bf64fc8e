"""What the typed tree means on columns: expressions that every dialect has, free of how they are spelled."""
