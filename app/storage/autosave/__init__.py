"""The mask on disk, as it is painted: nobody has to ask for it."""
