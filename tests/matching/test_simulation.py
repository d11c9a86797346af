"""The simulation of bench/simulate.py, small: answers pay, nobody gets all, and a seed gives the same run again."""

from argparse import Namespace

from bench.simulate import mean, run
from matching.occupations import Coder

CODER = Coder()


def test_after_a_few_hundred_answers_far_less_is_lost_and_requests_are_shared() -> None:
    options = Namespace(partners=60, needs=300, asked=1, command=False, round=1)
    profiles, learning, again = (
        run("few", 7, options, CODER, way) for way in ("profiles only", "learning", "learning")
    )

    assert mean(learning.regret[150:]) < 0.75 * mean(profiles.regret[150:])
    assert learning.share < 2.5 < profiles.share
    assert learning.reached > profiles.reached
    assert learning == again
