"""The pages of cases: what waits at a desk, one case with all that is known of it, taking in, certificates."""
