"""Applications of whoever has signed in: made, followed, answered, taken back, contested."""
