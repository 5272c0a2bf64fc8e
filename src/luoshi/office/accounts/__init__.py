"""Who works here: accounts, the roles they hold for an area and a term, and what a role may see and do."""
