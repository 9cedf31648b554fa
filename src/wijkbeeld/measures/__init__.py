"""What SQL cannot say well: pure functions on frames."""
