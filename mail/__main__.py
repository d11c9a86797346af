"""`python -m mail`: mails to JSON documents without the service, a path a line on stdin, one JSON line each."""

import json
import sys
from pathlib import Path

from mail.directory import Directory
from mail.document import read_document


def main(arguments: list[str]) -> int:
    """`--structure` leaves the introduction out; `--directory FILE` gives the partners. A file that can't be opened
    gets a document with "error"."""
    structure = "--structure" in arguments
    directory = None
    if "--directory" in arguments:
        directory = Directory.from_file(arguments[arguments.index("--directory") + 1])
    for line in sys.stdin:
        try:
            content = Path(line.rstrip("\n")).read_bytes()
        except OSError as error:
            document = {"error": f"The file can't be opened: {error.strerror}."}
        else:
            document = read_document(content, directory, structure=structure)
        sys.stdout.write(json.dumps(document, ensure_ascii=True) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
