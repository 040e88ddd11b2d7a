"""Foreign bytes in, as pictures: read by a process that knows nothing."""
