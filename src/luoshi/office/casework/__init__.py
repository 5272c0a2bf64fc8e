"""Cases: what somebody applies for goes through the acts of a procedure, and people decide."""
