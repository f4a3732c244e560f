"""Fixtures for every test."""

pytest_plugins = ["tests.conftest_database", "tests.conftest_talking"]
