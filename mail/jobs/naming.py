"""Which needs a sentence names: new ones made of its titles, older ones named again, counts without a noun."""

import re

from mail.jobs.bare_counts import siblings
from mail.jobs.drafts import Draft, content_words, shared_word
from mail.jobs.sentence import Sentence, Titled
from mail.jobs.spread import corrected_count, named_again
from mail.prose.demand import asks, cue
from mail.prose.populations import pathway
from mail.prose.trades import word_set
from terms.kinds import Pathway

THRESHOLD = 2.5
"""The evidence from which on a title is a need."""


def subjects_of(sentence: Sentence, drafts: list[Draft]) -> list[tuple[int, int, Draft]]:
    """The needs that the sentence speaks of, new ones made: (start, end, draft) in order."""
    found: list[tuple[int, int, Draft]] = []
    fresh = False
    for titled in sentence.titles:
        several = _several(titled, drafts)
        if several:
            found += [(titled.mention.start, titled.mention.end, draft) for draft in several]
            continue
        draft = _matching(titled, drafts, sentence.part, sentence.text)
        if draft is not None:
            _again(draft, titled, sentence)
        elif titled.score >= THRESHOLD and not _sums_up(titled, sentence):
            draft = need_of(titled, sentence)
            drafts.append(draft)
            fresh = True
        if draft is not None:
            found.append((titled.mention.start, titled.mention.end, draft))
    found += siblings(sentence, found, drafts)
    found = _without_named_apart(found, sentence, drafts)
    if not fresh or sentence.excepts is not None:
        known = [draft for *_, draft in found]
        again = [item for item in named_again(sentence, drafts) if item[2] not in known]
        for start, end, draft in again:
            _gone_again(draft, sentence, start, end)
        found += again if not found or sentence.wages or sentence.dates or sentence.excepts is not None else []
    return sorted(found, key=lambda item: item[0])


def _sums_up(titled: Titled, sentence: Sentence) -> bool:
    """ "We need teachers - 2 lead teachers, 3 assistants": the word before counted titles stands for them."""
    later = [other.mention for other in sentence.titles if other.mention.start >= titled.mention.end]
    if titled.mention.count is not None or not titled.mention.plural or len(later) < 2:
        return False
    counts = [mention.count for mention in later[:2] if mention.count is not None and not mention.count.article]
    between = sentence.text[titled.mention.end : counts[0].start] if len(counts) == 2 else "."
    return bool(re.fullmatch(r"\s*[-–—:(]+\s*", between))


def _several(titled: Titled, drafts: list[Draft]) -> list[Draft]:
    """ "Counselors earn $18": a bare head that several needs share means all of them."""
    mention = titled.mention
    if mention.count is not None or content_words(mention.title) != content_words(mention.head):
        return []
    same = [draft for draft in drafts if shared_word(draft.head) == shared_word(mention.head)]
    return same if len(same) > 1 and not any(draft.words == content_words(mention.title) for draft in same) else []


def _without_named_apart(
    found: list[tuple[int, int, Draft]], sentence: Sentence, drafts: list[Draft]
) -> list[tuple[int, int, Draft]]:
    """Needs that a sentence names apart are not meant by the shared head: "Counselors $18, juniors $16"."""
    shared = {id(draft) for start, _, draft in found if sum(start == other for other, *_ in found) > 1}
    if not shared:
        return found
    apart = [item for item in named_again(sentence, drafts) if id(item[2]) in shared]
    apart = [item for item in apart if all(item[0] != start for start, *_ in found)]
    if not apart or len(apart) == len(shared):
        return found
    named = {id(draft) for *_, draft in apart}
    return [item for item in found if id(item[2]) not in named] + apart


def _gone_again(draft: Draft, sentence: Sentence, start: int, end: int) -> None:
    """ "They filled the lathe job": a need of an older text that a newer one takes back by a word of its title."""
    if draft.part == sentence.part:
        return
    tail = re.match(
        r"(?i)[\w ]{0,20}?\b(?:job|position|spot|role|opening|one|work)s?\b", sentence.masked[end : end + 40]
    )
    found = cue(sentence.masked, start, end + (tail.end() if tail else 0), sentence.language)
    draft.gone = draft.gone or found.gone or found.filled


_LEARNERS = word_set("trainee apprentice intern student participant kursant praktykant aprendiz pasante")


def _matching(titled: Titled, drafts: list[Draft], part: str, text: str) -> Draft | None:
    mention = titled.mention
    words = content_words(mention.title)
    if mention.head in _LEARNERS and not (mention.count and not mention.count.article):
        learning = [
            draft for draft in drafts if draft.values.get("pathway") in ("training", "apprenticeship", "internship")
        ]
        if len(learning) == 1:
            return learning[0]
    same = [
        draft
        for draft in drafts
        if shared_word(draft.head) == shared_word(mention.head) and (draft.words <= words or words <= draft.words)
    ]
    exact = [draft for draft in same if draft.words == words]
    if exact:
        return exact[-1]
    counted = mention.count is not None and not mention.count.article
    if counted and titled.score >= THRESHOLD and not corrected_count(text):
        same = [draft for draft in same if draft.part != part or not draft.has("openings") or words < draft.words]
    return same[0] if len(same) == 1 else None


def need_of(titled: Titled, sentence: Sentence) -> Draft:
    """A need made of a title, with the words it was read from."""
    mention = titled.mention
    draft = Draft(
        mention.title, mention.head, sentence.part, sentence.segment.block, sentence.segment.line, titled.score,
        words=content_words(mention.title), sentence=sentence.text,
        listed=(sentence.segment.bullet or bool(sentence.wages)) and not mention.plural and mention.start < 4,
    )  # fmt: skip
    at = sentence.offset + mention.start
    words = sentence.text[mention.start : mention.end]
    sure = min(0.97, 0.62 + 0.08 * (titled.score - THRESHOLD) + (0.1 if mention.known else 0))
    draft.say("title", mention.title, sentence.part, at, words, sure)
    road = Pathway.TRAINING if mention.head == "seat" else pathway(mention.title, sentence.text)
    draft.say("pathway", str(road), sentence.part, at, words)
    _count(draft, titled, sentence)
    return draft


def _count(draft: Draft, titled: Titled, sentence: Sentence) -> None:
    count = titled.mention.count
    wanted = titled.cue.pull > 0 or (titled.mention.start < 4 and asks(sentence.segment.label, sentence.language))
    if count is None and not titled.mention.plural and not titled.mention.vague and wanted:
        at = sentence.offset + titled.mention.start
        draft.say("openings", 1, sentence.part, at, sentence.text[titled.mention.start : titled.mention.end], 0.6)
    if count is None or count.value is None:
        return
    words = sentence.text[count.start : count.end]
    draft.say(
        "openings", count.value, sentence.part, sentence.offset + count.start, words, 0.8 if count.article else 0.93
    )


def _again(draft: Draft, titled: Titled, sentence: Sentence) -> None:
    """A title named before: a newer count wins, a first count is taken, words of "filled" take the need away."""
    older = draft.part != sentence.part
    if (titled.cue.filled and (older or draft.sentence != sentence.text)) or (titled.cue.gone and older):
        draft.gone = True
        return
    count = titled.mention.count
    if count is None or count.value is None or (count.article and draft.has("openings")):
        return
    words = content_words(titled.mention.title)
    if draft.words < words and not draft.has("openings") and not draft.has("wage_min"):
        mention = titled.mention
        said = sentence.text[mention.start : mention.end]
        draft.title, draft.words = mention.title, words
        draft.say("title", mention.title, sentence.part, sentence.offset + mention.start, said, 0.9)
    newer = draft.part != sentence.part and titled.score >= THRESHOLD
    if (not draft.has("openings") and titled.cue.pull >= 0) or newer or corrected_count(sentence.text):
        _count(draft, titled, sentence)
