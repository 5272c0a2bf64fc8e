"""What is given to an engine besides the pack: cases, rows of registers, values set by localities."""
