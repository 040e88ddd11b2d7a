"""Masks that were painted and not saved: offered, listed, gone on with, thrown away."""
