"""What `loopin code` tells a person: the occupations of a title, how sure, by which known title, and what to ask."""

from collections.abc import Iterator

from matching.occupations import Coder, Occupation

SURE = 0.6
"""Below this a person is asked: of hidden titles claimed at 0.6 to 0.8 three in four were right (bench/titles.py)."""

_FAINT = 0.01


def told(coder: Coder, title: str, limit: int = 5) -> Iterator[str]:
    """Lines for a terminal, best first, then a question where the best isn't sure."""
    shown = " ".join(title.split())
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    found = coder.code(title, limit)
    if not found and coder.is_programme(title):
        yield f"no training programme of the series {shown} is known here."
        return
    if not found:
        yield f'"{shown}" is no job title that is known here; try other words for the work.'
        return
    likely = [occupation for occupation in found if occupation.confidence >= _FAINT] or found[:1]
    yield f'"{shown}" means:'
    for occupation in likely:
        why = coder.why(title, occupation.code)
        sure = min(occupation.confidence, 0.99)
        yield f"  {occupation.code}  {sure:4.0%}  {occupation.title}{f' ({why})' if why else ''}"
    if likely[0].confidence < SURE and not coder.is_programme(title):
        yield _question(likely)


def _question(likely: list[Occupation]) -> str:
    if len(likely) == 1:
        return f"Not sure: is it {likely[0].title}? What does the person do all day?"
    return f"Not sure: is it rather {likely[0].title} or {likely[1].title}? What does the person do all day?"
