"""The Preferences, page by page."""
