"""Searches side by side, on questions that a Korean reader asks."""
