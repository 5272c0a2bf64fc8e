"""The service: accounts, registers, runs and the officials' site, on Django and PostgreSQL."""
