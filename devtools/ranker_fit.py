"""The two fits of the ranker: weights drawn to priors, and the line that turns their sum into a chance."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

_MILD = 5.0
"""How strongly the line is drawn to the untouched sum (slope 1, offset 0): a paper or two must not turn it."""


def newton(x: Vector, y: Vector, counts: Vector, prior: Vector, pull: Vector) -> Vector:
    """Return the weights of a logistic regression of `y` (rows) on `x` (rows, features) by Newton's method.

    Row i counts `counts[i]` times; weight j is drawn to `prior[j]` by a normal distribution of precision `pull[j]`.
    """
    weights = prior.copy()

    def loss(at: Vector) -> float:
        total = x @ at
        return float(counts @ (np.logaddexp(0, total) - y * total) + 0.5 * pull @ (at - prior) ** 2)

    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (counts * (chance - y)) + pull * (weights - prior)
        bend = (x * (counts * chance * (1 - chance))[:, None]).T @ x + np.diag(pull)
        step, size = np.linalg.solve(bend, slope), 1.0
        while loss(weights - size * step) > loss(weights) and size > 1e-4:
            size /= 2
        weights = weights - size * step
        if np.abs(size * step).max() < 1e-5:
            break
    return weights


def line(sums: Sequence[float], right: Sequence[float], counts: Sequence[float]) -> tuple[float, float]:
    """Return slope and offset by which 1 / (1 + exp(-(slope * sum + offset))) is the chance to be right.

    Platt (1999), "Probabilistic outputs for support vector machines", fitted to sums of papers held out.

    >>> slope, offset = line([-2, -1, 0, 1] * 50, [0, 0, 0, 1] * 50, [1] * 200)
    >>> slope > 1 > 0 > offset
    True
    """
    x = np.column_stack([np.asarray(sums, dtype=np.float64), np.ones(len(sums))])
    y, weights = np.asarray(right, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    slope, offset = newton(x, y, weights, np.array([1.0, 0.0]), np.array([_MILD, _MILD]))
    return round(float(slope), 3), round(float(offset), 3)
