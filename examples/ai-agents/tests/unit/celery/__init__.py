"""Tests with Celery."""
