"""Award rounds: who may be chosen, who is nominated, what the panel says, whom people choose."""
