"""Masks that are kept by name: their window and what can be done with them."""
