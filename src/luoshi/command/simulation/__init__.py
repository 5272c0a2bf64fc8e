"""What `luoshi simulate` asks, tells, writes and draws."""
