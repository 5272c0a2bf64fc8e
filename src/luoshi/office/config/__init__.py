"""How the service is put together: settings from the environment, addresses, processes."""
