"""The worklist of rows that may be one, and merging them."""
