"""The side panel: every parameter of a job, and the button that starts it."""
