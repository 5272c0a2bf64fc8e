"""What is to be done after a run: whom to tell, what to find out, what to look into."""
