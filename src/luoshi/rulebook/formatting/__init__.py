"""The canonical layout of packs: the same words, keys, values and comments, written the one way all packs are."""
