"""Masks from elsewhere and for elsewhere: read from pictures, exported, carried along."""
