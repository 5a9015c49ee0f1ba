"""Time this engine and its rivals in one run: `python -m benchmarks`."""
