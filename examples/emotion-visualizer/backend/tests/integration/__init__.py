"""Tests of the running stack."""
