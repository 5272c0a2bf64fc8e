"""What a pack says, as frozen values: types, expression nodes, blocks. What exists is valid."""
