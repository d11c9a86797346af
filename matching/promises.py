"""How far the promises of profiles can be believed, learnt from every answer at once, whoever gave it.

A profile and a need promise log-odds of a yes. Partners as a whole may say yes more or less often than that
(`level`), and a fuller profile may mean less than it promises (`trust`: 1 takes it at its word, 0.5 halves it). Both
are a logistic regression of two numbers, carried on answer by answer (assumed-density filtering: the posterior stays
normal).
"""

import math
from dataclasses import dataclass

_LEVEL_SPREAD, _TRUST_SPREAD = 1.0, 0.3
"""Standard deviations before anything is known."""
_TOLD = 0.2  # log-odds below which a level isn't worth a word
_LEAST = 0.1  # a fuller profile never speaks against its partner


@dataclass(slots=True)
class Promises:
    """`level` in log-odds; `trust` multiplies what a profile promises. The rest is their covariance."""

    level: float = 0.0
    trust: float = 1.0
    _levels: float = _LEVEL_SPREAD**2
    _both: float = 0.0
    _trusts: float = _TRUST_SPREAD**2

    def kept(self, promised: float) -> float:
        """The log-odds that a promise is worth."""
        return self.level + self.trust * promised

    @property
    def words(self) -> str:
        """What answers taught about all profiles, for a coordinator."""
        told = f"A profile counts for {100 * self.trust:.0f} % of what it promises"
        if abs(self.level) < _TOLD:
            return f"{told}."
        return (
            f"{told}; beside that, partners say yes {'more' if self.level > 0 else 'less'} often than profiles have it."
        )

    def learn(self, promised: float, effects: float, variance: float, worth: float) -> None:
        """One answer, worth 0 to 1, of a partner whose own effects are thought to be `effects`, give or take
        `variance`: what these may explain is left to them."""
        expected = chance(self.kept(promised) + effects)
        weight = max(expected * (1 - expected), 1e-6)
        to_level = self._levels + self._both * promised
        to_trust = self._both + self._trusts * promised
        total = 1 / weight + to_level + to_trust * promised + variance
        surprise = (worth - expected) / weight
        self.level += to_level / total * surprise
        self.trust = max(self.trust + to_trust / total * surprise, _LEAST)
        self._levels -= to_level**2 / total
        self._both -= to_level * to_trust / total
        self._trusts -= to_trust**2 / total


def chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0)))
