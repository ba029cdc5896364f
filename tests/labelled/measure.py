"""Runs the labelled mails through the dry run and says how well the program agrees.

`python -m tests.labelled.measure` takes all cases, `… WORD` those whose name contains a word, `… +300` so many clean ones that
no test run has, and `… +300@5000` others again.
"""

import sys
import time
from collections import Counter

from tests.labelled import clean, score
from tests.labelled.cases import all_cases
from tests.labelled.label import Case
from tests.labelled.run import judged


def _wanted(words: list[str]) -> list[Case]:
    if words and words[0].startswith("+"):
        count, _, first = words[0][1:].partition("@")
        return [*clean.more(int(first or 0), int(count))]
    return [case for case in all_cases() if not words or any(word in case.name for word in words)]


def main(words: list[str]) -> int:
    """Print the measurement; 1 if anything disagrees."""
    cases = _wanted(words)
    began = time.monotonic()
    results = judged(cases)
    spent = time.monotonic() - began
    tally = score.Tally()
    for case, verdicts in zip(cases, results, strict=True):
        tally.add(case, verdicts)
    for line in tally.lines():
        print(line)
    mails = sum(len(case.mails) for case in cases)
    causes = Counter(item.what for item in tally.disagreements)
    print(f"{mails} mails in {len(cases)} cases, {spent:.1f} s; {len(tally.disagreements)} disagreements {dict(causes)}")
    return 1 if tally.disagreements else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
