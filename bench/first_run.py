"""What a set of gold mails gives at its first reading: python -m bench.first_run FOLDER... >> bench/first_runs.csv

Run it before anybody has looked at what is read wrong in the set: rules are tried on our own mails, and a mail that was
tried on says nothing of how sure the reader may be of the next one. A row is set, mail, field, weight, right; the
weight is the reader's own, since it is what the maps of mail/calibration.json are fitted on.
"""

import csv
import sys
from pathlib import Path

from bench.judged import judged
from mail import calibration


def main(folders: list[str]) -> None:
    calibration._maps = dict
    rows = csv.writer(sys.stdout, lineterminator="\n")
    for folder in map(Path, folders):
        for one in judged(folder):
            rows.writerow([folder.name, one.mail.rpartition("/")[2], one.field, f"{one.confidence:g}", int(one.right)])


if __name__ == "__main__":
    main(sys.argv[1:])
