"""Made-up registers, seeded, written in batches."""
