"""Operations on a whole mask.

`settings` has a record for each; `computing` makes the change that a record asks for.
"""
