"""Helpers of the Makefile: they start and test the product and are no part of it."""
