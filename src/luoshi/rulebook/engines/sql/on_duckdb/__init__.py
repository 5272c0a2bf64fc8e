"""DuckDB: its spelling, its connection, its columns and what it says about their cells."""
