"""Charts: where people would rather look than read. Each stands above the table that it is drawn from."""
