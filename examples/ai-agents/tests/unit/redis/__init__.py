"""Tests with Redis."""
