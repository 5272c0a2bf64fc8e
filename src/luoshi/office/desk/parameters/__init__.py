"""The pages about what localities set themselves."""
