"""The endpoints, one file per subject. Each has a `router`; api/main.py puts them together."""
