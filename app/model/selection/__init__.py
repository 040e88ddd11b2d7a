"""Areas that tools select: their shapes, and how much of each pixel they cover."""
