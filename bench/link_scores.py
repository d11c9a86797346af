"""Figures of a linked set: F1, recall at 99 % precision, calibration; true pairs that were left out count."""

from collections import defaultdict

Scored = tuple[float, bool]


def figures(pairs: list[Scored], total: int) -> dict[str, float]:
    """From (probability, whether it is one) of each pair that was written, and the number of true pairs."""
    ranked = sorted(pairs, key=lambda pair: -pair[0])
    right = best = recall = 0.0
    for n, (probability, same) in enumerate(ranked, 1):
        right += same
        if n == len(ranked) or ranked[n][0] != probability:
            best = max(best, 2 * right / (n + total))
            recall = right / total if right / n >= 0.99 else recall
    half = [same for probability, same in ranked if probability >= 0.5]
    found = {
        "f1_at_half": 2 * sum(half) / (len(half) + total),
        "best_f1": best,
        "recall_at_p99": recall,
        "calibration_error": calibration(ranked, total),
    }
    return {name: round(value, 4) for name, value in found.items()}


def calibration(pairs: list[Scored], total: int) -> float:
    """Mean gap between said and true over ten bins of the pairs from 0.05 on; what was left out was said to be 0."""
    said = [pair for pair in pairs if pair[0] >= 0.05]
    missed = total - sum(same for _, same in said)
    bins: dict[int, list[Scored]] = defaultdict(list)
    for probability, same in [*said, *[(0.0, True)] * missed]:
        bins[min(9, int(probability * 10))].append((probability, same))
    gaps = sum(abs(sum(p for p, _ in found) - sum(s for _, s in found)) for found in bins.values())
    return gaps / max(1, len(said) + missed)
