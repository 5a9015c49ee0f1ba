"""Tests that need a browser: what a reader's screen does with the built site."""
