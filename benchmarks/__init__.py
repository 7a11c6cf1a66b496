"""Benchmarks: each module prints figures and names its command; nothing here asserts a time."""
