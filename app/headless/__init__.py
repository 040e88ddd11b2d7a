"""The program without a window: the same jobs, told on a terminal."""
