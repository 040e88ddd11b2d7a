"""The service's contract as data: every field, range, choice, default and answer, in one place.

Nothing else in the program spells a wire name, a range or a choice; the panel, the command line,
the client and the engine all read them from here.
"""
