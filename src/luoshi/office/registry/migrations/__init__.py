"""What the registers need before the first pack comes."""
