"""How the scores of a list lie, and what that moves."""

from bench.settle_links import Heard, settling
from matching.parameters_file import Parameters, Settling, read_parameters, shipped
from matching.settling import AS_IT_IS, line, shape


def test_a_shape_is_told_by_counts_of_pairs() -> None:
    found = shape([1.5, 1.5, -1.5], [1, 3, 1], 10)
    assert found["near"] > 0
    assert found["near"] > shape([1.5, 1.5, -1.5], [1, 1, 1], 10)["near"]
    assert shape([], [], 0)["density"] == 0


def test_without_a_settling_scores_stay_as_they_are() -> None:
    drawn = line(Settling(), shape([1.0, -3.0], [1, 1], 4))
    assert drawn == AS_IT_IS
    assert drawn.of(-3.0) == -3.0


def test_parameters_that_know_no_settling_are_read() -> None:
    data = shipped("candidates").to_json()
    del data["settling"]
    read = read_parameters(data)
    assert isinstance(read, Parameters)
    assert read.settling == Settling()


def test_lists_whose_scores_are_too_low_are_lifted() -> None:
    low = [Heard([-3.0, -1.0, -0.5, -0.2] * 50, [1] * 200, [False, True, True, True] * 50, 100, 1.0)]
    found = settling(low)
    drawn = line(found, shape(low[0].scores, low[0].pairs, low[0].records))
    assert drawn.of(-0.5) > 0 > drawn.of(-3.0)
