"""Whether the examples would notice a mistake: mutants that none of them kills, thresholds that none of them tries."""
