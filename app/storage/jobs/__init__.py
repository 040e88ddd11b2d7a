"""The journal and the jobs' folders, and what is made of them after an end that was none."""
