"""Small values of the trade: calendar, area codes, identity numbers, money. Each parses or refuses."""
