"""The engines compared. Each module has `evaluate(data_dir, on_date) -> Results`."""
