"""Does the program know when it knows? Over cases that were answered; `right` is per case 0 or 1, `confidence` 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence


def risk_coverage(confidence: Sequence[float], right: Sequence[float]) -> list[tuple[float, float]]:
    """The curve: after the k most confident answers, (coverage = k / n, risk = share of wrong ones among them), k = 1 … n.

    Answers of equal confidence cannot be distinguished, so each of them counts with the mean rightness of its group.
    Source: El-Yaniv and Wiener, JMLR 11 (2010); Geifman and El-Yaniv, NeurIPS 2017.
    """
    groups: dict[float, list[float]] = {}
    for value, hit in zip(confidence, right, strict=True):
        groups.setdefault(value, []).append(hit)
    curve: list[tuple[float, float]] = []
    wrong = 0.0
    for value in sorted(groups, reverse=True):
        group = groups[value]
        missed = 1 - sum(group) / len(group)
        for _ in group:
            wrong += missed
            curve.append(((len(curve) + 1) / len(right), wrong / (len(curve) + 1)))
    return curve


def aurc(confidence: Sequence[float], right: Sequence[float]) -> float | None:
    """AURC = the mean risk over all coverages of the risk-coverage curve; 0 is best. None without answers.

    Source: Geifman, Uziel and El-Yaniv, ICLR 2019.
    """
    curve = risk_coverage(confidence, right)
    return sum(risk for _, risk in curve) / len(curve) if curve else None


def expected_calibration_error(confidence: Sequence[float], right: Sequence[float], bins: int = 10) -> float | None:
    """ECE = sum over bins b of (n_b / n) x |mean right in b - mean confidence in b|; 0 is best. None without answers.

    `bins` equal slices of [0, 1], the last one closed. Source: Naeini, Cooper and Hauskrecht, AAAI 2015; Guo et al., ICML 2017.
    """
    if not confidence:
        return None
    members: dict[int, list[tuple[float, float]]] = {}
    for value, hit in zip(confidence, right, strict=True):
        members.setdefault(min(int(value * bins), bins - 1), []).append((value, hit))
    gaps = (abs(sum(hit for _, hit in group) - sum(value for value, _ in group)) for group in members.values())
    return sum(gaps) / len(confidence)
