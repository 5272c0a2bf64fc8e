"""The forty measures of the pack as small trees, and their text for each of the peers.

The conditions and amounts are read from `bench/pack` and printed in the language of each peer, so that nobody
copies 169 conditions five times. Joins, aggregates and dates are not printed: each peer has them written by hand.
This folder shares no code with Luoshi: it has its own reader of expressions and its own idea of what they mean.
"""
