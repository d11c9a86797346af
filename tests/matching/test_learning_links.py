"""Decisions change the weights only when the change proves itself on decisions kept aside."""

from random import Random

from matching.fitting import Collection, fit
from matching.learning_links import LEAST, Decision, refit
from matching.model import match
from matching.orders import ORDERS
from matching.parameters_file import read_parameters, shipped
from matching.records import EmployerRecord


def decisions(number: int, rule) -> list[Decision]:
    """Doubtful pairs: one name, other phones, one street or another; `rule` says what the people here decide."""
    random = Random(5)
    found = []
    for k in range(number):
        at_one = random.random() < 0.5
        name = f"Harrow {random.choice(['Tools', 'Foods', 'Dental', 'Homes'])} {random.choice(['Inc', 'LLC', ''])}"
        a = EmployerRecord(f"a{k}", name, phones=("312-555-0101",), street="12 N Lark Ave")
        b = EmployerRecord(
            f"b{k}", name, phones=("312-555-0177",), street="12 N Lark Ave" if at_one else "900 W Oak St"
        )
        found.append(Decision(a, b, rule(at_one, random)))
    return found


def test_too_few_decisions_teach_nothing() -> None:
    found = refit(decisions(LEAST - 1, lambda at_one, _: at_one))
    assert found.parameters is None
    assert str(LEAST) in found.words


def test_decisions_that_the_model_gets_wrong_are_learnt() -> None:
    given = decisions(300, lambda at_one, _: not at_one)
    found = refit(given)
    assert found.parameters is not None
    assert found.loss_after < found.loss_before
    assert "taken" in found.words
    pair = next(decision for decision in given if decision.same)
    assert match(pair.a, pair.b, None, found.parameters).probability > match(pair.a, pair.b).probability


def test_noise_is_not_learnt() -> None:
    found = refit(decisions(200, lambda _, random: random.random() < 0.5), shipped("employers"))
    assert found.decisions == 200
    assert found.parameters is None or found.loss_after < found.loss_before


def test_weights_never_fall_along_their_order() -> None:
    random = Random(3)
    levels = [
        {field: random.choice([x for x in order if x != "|"]) for field, order in ORDERS["employers"].items()}
        for _ in range(300)
    ]
    weights = fit("employers", [Collection(levels, [random.random() < 0.5 for _ in levels])]).weights
    for field, order in ORDERS["employers"].items():
        along = [0.0 if level == "|" else weights[field][level] for level in order]
        assert along == sorted(along)


def test_parameters_survive_their_file() -> None:
    for kind in ("employers", "candidates"):
        known = shipped(kind)
        assert read_parameters(known.as_json("a note", {})) == read_parameters(known.to_json()) == known
        for field, order in ORDERS[kind].items():
            assert set(known.weights[field]) == set(order) - {"|"}
