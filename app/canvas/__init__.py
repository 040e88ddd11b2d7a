"""Shows the document, and turns a hand's moves into gestures."""
