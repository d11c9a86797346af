"""`loopin code`: the occupations of a title as JSON, or told to a person: how sure, by which known title, what to ask.

python -m matching.coding "class A driver"
python -m matching.coding --occupations FOLDER --many < titles.txt
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from matching.occupation_sources import OccupationsUnreadable
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


def main(arguments: list[str] | None = None) -> int:
    """`loopin code`: a title, or with --many a title a line on stdin and a list a line out. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="loopin code", description="Job title to SOC occupations, as JSON.")
    parser.add_argument("title", nargs="?")
    parser.add_argument("--occupations", type=Path, help="folder of the O*NET text database")
    parser.add_argument("--many", action="store_true", help="a title a line on stdin, a list a line out")
    parser.add_argument("--words", action="store_true", help="lines for a person instead of JSON")
    asked = parser.parse_args(arguments)
    if not asked.many and not asked.title:
        parser.error("give a title, or --many and titles on stdin")
    try:
        coder = Coder(asked.occupations)
    except (OccupationsUnreadable, OSError) as error:
        print(f"loopin code: {error}", file=sys.stderr)
        return 65
    for line in sys.stdin if asked.many else [asked.title]:
        if asked.words:
            print(*told(coder, line), sep="\n", flush=True)
        else:
            found = [occupation.to_json() for occupation in coder.code(line.strip())]
            print(json.dumps(found, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
