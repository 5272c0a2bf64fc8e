"""The pages of what is to be done: whom to tell, what to collect, what to look into."""
