"""Many people at work at once: the service under the clicks of fifty officials."""
