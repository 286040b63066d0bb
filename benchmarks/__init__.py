"""Figures of speed, memory and scale: `python -m benchmarks [name …]` prints them, and keeps nothing."""
