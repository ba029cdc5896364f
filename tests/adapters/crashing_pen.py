"""The annotating process with an accident planted in it: it dies at the first document, as a broken library would."""

import os
import sys

from bot.adapters import annotating
from bot.adapters.annotating import Job
from bot.reading.limits import Limits


def _die(data: bytes, job: Job, limits: Limits) -> bytes:
    os.abort()


if __name__ == "__main__":
    annotating.annotated = _die
    sys.exit(annotating.main())
