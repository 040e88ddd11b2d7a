"""Windows that list masks which are kept: what those of the library and of recovery share."""
