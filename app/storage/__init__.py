"""The disk: whole files, the journal of jobs, settings, keys, pictures in and results out.

Every call blocks; the caller puts it in a thread. No Qt, no event loop, no network.
"""
