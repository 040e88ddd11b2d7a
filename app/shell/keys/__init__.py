"""Keys: what they mean, how that is changed and shown, and who takes which when."""
