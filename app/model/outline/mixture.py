"""Which colours something has: a mixture of Gaussians."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

PARTS = 5
FEWEST = 8
"""Colours that a part must have, to have a say."""
SOFTENING = 6.0
"""Variance added to each channel: noise that a few even pixels may not show."""
ROUNDS = 6
PIECE = 1 << 13
"""Colours looked at together: of more, numpy spreads products over all processors, and the window
is left without one."""


class Mixture:
    """What colours, one a row, are distributed like."""

    def __init__(self, colors: Floats, random: np.random.Generator) -> None:
        self._learn(colors, _grouped(colors, random))

    def learn(self, colors: Floats) -> None:
        """Be like these colours instead, beginning from what was known."""
        self._learn(colors, self._parts_of(colors).argmax(axis=0))

    def likelihood(self, colors: Floats) -> Floats:
        """The logarithm of how likely each colour is."""
        pieces = range(0, max(1, len(colors)), PIECE)
        return np.concatenate([self._likelihood(colors[at : at + PIECE]) for at in pieces])

    def _likelihood(self, colors: Floats) -> Floats:
        parts = self._parts_of(colors)
        most: Floats = parts.max(axis=0)
        parts -= most
        np.exp(parts, out=parts)
        most += np.log(parts.sum(axis=0))
        return most

    def _learn(self, colors: Floats, groups: NDArray[np.intp]) -> None:
        members = [colors[groups == part] for part in range(PARTS)]
        large = [own for own in members if len(own) >= FEWEST] or [colors]
        self._means: list[Floats] = []
        self._whitenings: list[Floats] = []
        self._heights: list[np.float32] = []
        for own in large:
            spread = np.cov(own.T, bias=True) + SOFTENING * np.eye(3)
            whitening = np.linalg.inv(np.linalg.cholesky(spread))
            self._means.append(own.mean(axis=0))
            self._whitenings.append(whitening.T.astype(np.float32))
            height = np.log(len(own) / len(colors)) + np.log(np.diag(whitening)).sum()
            self._heights.append(np.float32(height))

    def _parts_of(self, colors: Floats) -> Floats:
        """The logarithm of how likely each colour is in each part."""
        parts = np.empty((len(self._means), len(colors)), np.float32)
        known = zip(self._means, self._whitenings, self._heights, strict=True)
        for row, (mean, whitening, height) in zip(parts, known, strict=True):
            away = (colors - mean) @ whitening
            np.einsum("ij,ij->i", away, away, out=row)
            row *= -0.5
            row += height
        return parts


def _grouped(colors: Floats, random: np.random.Generator) -> NDArray[np.intp]:
    """Groups of colours that lie close together, each by its number."""
    centres = colors[random.choice(len(colors), PARTS, replace=len(colors) < PARTS)]
    for _ in range(ROUNDS):
        squares: Floats = (centres * centres).sum(axis=1)
        groups: NDArray[np.intp] = (squares - 2 * (colors @ centres.T)).argmin(axis=1)
        for part in range(PARTS):
            own = groups == part
            if own.any():
                centres[part] = colors[own].mean(axis=0)
    return groups
