"""The worklist of values that contradict one another."""
