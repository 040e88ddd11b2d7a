"""Maskwright: paint inpainting masks by hand, send them off, and keep every result."""

__version__ = "0.1.0"
