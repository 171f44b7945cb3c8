"""Benchmarks: each figure stands beside that of a control, measured in the same run."""
