"""Processes beside the program: how they are started, talked to and ended.

What they do is their rooms' business: the engine fills in them, storage reads pictures in them.
"""
