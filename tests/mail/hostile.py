"""Mails made to break a reader, one function an attack, each of about the size it is asked for.

Used small by test_hostile_mails.py, and as a script for a corpus of large ones:
python -m tests.mail.hostile TARGET [BYTES]
"""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.mail.hostile_files import FILES
from tests.mail.hostile_parts import PARTS
from tests.mail.hostile_words import PAGES, TEXTS

LARGEST = 35_000_000
ATTACKS: dict[str, Callable[[int], bytes]] = {**PARTS, **TEXTS, **PAGES, **FILES}


def main(target: str, size: str = str(LARGEST)) -> None:
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    for name, attack in ATTACKS.items():
        (folder / f"{name.replace(' ', '_')}.eml").write_bytes(attack(int(size))[:LARGEST])


if __name__ == "__main__":
    main(*sys.argv[1:3])
