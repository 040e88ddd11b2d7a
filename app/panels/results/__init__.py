"""The strip below the canvas: running jobs, finished pictures, failures."""
