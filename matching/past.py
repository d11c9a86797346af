"""What earlier answers and requests say for and against a partner: yes and no, speed, room, load, and a turn for the
new."""

from collections.abc import Sequence

from matching.answers import OCCUPATION, Trait
from matching.features import Signal, spoken
from matching.learning import Experience, Known
from matching.turns import Load, turn

CURIOSITY = 0.3
"""Log-odds that a partner of whom nothing is known gets, so that it is shown now and then."""
_TOLD = 0.2  # log-odds below which an effect isn't worth a word


Told = tuple[tuple[Signal, float], ...]


def past(partner: str, traits: Sequence[Trait], known: Experience, load: Load) -> Told:
    """Signals with their weight in log-odds (these are not refitted: they are what was learnt)."""
    own = known.partners.get(partner)
    if own is None:
        return (_turn(1.0, None), turn(load))
    effects = known.effects(partner, traits)
    general = sum(effect for trait, effect in effects if trait[0] == "general")
    told = (
        (Signal("accepts", general, _general_words(own, general)), general),
        *_trait_signals(own, effects),
        _room(known.no_room(partner)),
        _speed(own.days),
        _turn(known.doubt(partner, traits), own),
        turn(load),
    )
    return tuple((signal, weight) for signal, weight in told if weight or signal.words)


def _trait_signals(own: Known, effects: Sequence[tuple[Trait, float]]) -> list[tuple[Signal, float]]:
    """One signal for the kind of work, one a trait for the rest."""
    work = [(trait, effect) for trait, effect in effects if trait[0] in OCCUPATION]
    rest = [(trait, effect) for trait, effect in effects if trait[0] != "general" and trait[0] not in OCCUPATION]
    told = [(Signal(trait[0], effect, _words(own, trait, effect)), effect) for trait, effect in rest]
    if work:
        total = sum(effect for _, effect in work)
        told.insert(0, (Signal("like_needs", total, _work_words(own, work, total)), total))
    return told


def learnt(own: Known) -> list[str]:
    """All that answers have taught about a partner, in words, the strongest first; [] where that is little."""
    general = own.effects.get(("general", ""), 0.0)
    told = [(abs(general), _general_words(own, general))]
    for trait, effect in own.effects.items():
        if trait[0] in ("minor", "code") and own.seen[trait]:
            told.append((abs(effect), _trade_words(own, trait, effect)))
        elif trait[0] not in OCCUPATION:
            told.append((abs(effect), _words(own, trait, effect)))
    if own.no_room_at is not None:
        told.append((1.0, "said lately that it has no room"))
    return [words for _, words in sorted(told, key=lambda pair: -pair[0]) if words]


def _trade_words(own: Known, trait: Trait, effect: float) -> str:
    if abs(effect) < _TOLD or trait[0] != "code":
        return ""
    placed = f", placed {own.placed[trait]}" if own.placed[trait] else ""
    return f"said yes to {own.yes[trait]} of {own.seen[trait]} needs for {trait[1]}{placed}"


def _general_words(own: Known, effect: float) -> str:
    if abs(effect) < _TOLD:
        return ""
    said = f"{own.yes[('general', '')]} of {own.seen[('general', '')]} times"
    return f"said yes {said}, {'more' if effect > 0 else 'less'} often than its profile promises"


def _work_words(own: Known, work: Sequence[tuple[Trait, float]], total: float) -> str:
    placed = max((own.placed[trait] for trait, _ in work), default=0)
    trait = next((trait for trait, _ in reversed(work) if own.seen[trait] > 1), work[0][0])
    counts = f"said yes to {own.yes[trait]} of {own.seen[trait]} needs of this kind"
    if placed and total > 0:
        return f"{counts}, placed {placed}"
    return counts if abs(total) >= _TOLD and own.seen[trait] else ""


_PLAIN = {("population", "anyone"), ("pathway", "job")}  # the ordinary case needs no words
_PHRASES = {
    "place": "in {}",
    "zone": "in {}",
    "population": "for {}",
    "pathway": "for {}",
    "industry": "in {}",
    "size": "of this size",
}


def _words(own: Known, trait: Trait, effect: float) -> str:
    if abs(effect) < _TOLD or not own.seen[trait] or trait in _PLAIN:
        return ""
    where = _PHRASES.get(trait[0], "like this").format(spoken([trait[1]]))
    return f"said yes to {own.yes[trait]} of {own.seen[trait]} needs {where}"


def _room(no_room: float) -> tuple[Signal, float]:
    if no_room < 0.1:
        return Signal("no_room", 0.0), 0.0
    return Signal("no_room", -no_room, "said lately that it has no room"), -1.5 * no_room


def _speed(days: Sequence[float]) -> tuple[Signal, float]:
    if len(days) < 3:
        return Signal("speed", 0.0), 0.0
    middle = sorted(days[-30:])[len(days[-30:]) // 2]
    value = max(min((5 - middle) / 5, 1.0), -1.0)
    return Signal("speed", value, f"answers after about {middle:.0f} days"), 0.15 * value


def _turn(doubt: float, own: Known | None) -> tuple[Signal, float]:
    return Signal("new", doubt, "new here: no answer yet" if own is None else ""), CURIOSITY * doubt
