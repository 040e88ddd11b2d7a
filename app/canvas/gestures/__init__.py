"""What hands do on the canvas; a module for each kind of gesture."""
