"""The policy library: editions of packs, the days from which they hold, and what differs between two."""
