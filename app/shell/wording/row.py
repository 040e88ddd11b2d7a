"""One failure in words."""

Row = tuple[str, str]
"""A title (what happened) and a text (what is kept, what to do).

Both are English source texts of the translation context "Messages"; names in braces come from
the error. Text of others is never part of a row: it is quoted after it.
"""
