"""Benchmarks: each against what a user would pick instead, or a physical limit."""
