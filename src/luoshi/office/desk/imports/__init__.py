"""The pages about imports: giving a file, seeing what is wrong with it or what it would change, accepting, undoing."""
