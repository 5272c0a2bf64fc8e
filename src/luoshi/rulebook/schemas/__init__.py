"""JSON Schemas of the blocks, made from their shapes: what editors need to complete keys and to warn early."""
