"""Files that appear whole or not at all, and what the system says about them."""
