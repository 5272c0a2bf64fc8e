"""The rulebook library: packs, their language, and the engines that decide cases.

No web framework, no network, no clock and no randomness in here: the as-of date and all data are arguments.
"""
