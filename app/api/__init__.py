"""The contract over HTTP: the client of a service or of the built-in engine.

The only package that imports httpx. Nothing of httpx leaves it: answers are the contract's
records, failures the program's own errors.
"""
