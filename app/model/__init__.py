"""Values and rules of the artist's world: pictures, masks, strokes, regions, jobs, errors.

Standard library, numpy and Pillow; no Qt, no event loop, no files, no network.
"""
