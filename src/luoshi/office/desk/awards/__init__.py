"""The pages of award rounds."""
