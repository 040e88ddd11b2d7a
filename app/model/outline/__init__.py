"""The smart outline: what a rough line goes round, found by its colours and edges.

The method is GrabCut's (Rother, Kolmogorov and Blake, 2004): learn the colours of object and
ground, divide the two where that is cheapest, and learn again. The dividing is done as a convex
problem instead of on a graph, so that numpy alone is fast enough and edges run at any angle: first
on a small picture, then only in a band around the edge at each size up to the full one.
"""
