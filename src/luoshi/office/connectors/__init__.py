"""Messages to people's phones: kept sealed until they are sent, sent by a job, never written to a log."""
