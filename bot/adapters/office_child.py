"""The last steps before an office program starts: limits of the operating system, no network where the kernel lets.

Run as `python -m bot.adapters.office_child MEMORY SECONDS BYTES PROGRAM ARGUMENT…` by `office.py`; it becomes that program.
"""

import os
import resource
import sys
from collections.abc import Sequence

from bot.reading.confine import bound, give_up_privileges, leave_the_network


def main(arguments: Sequence[str]) -> None:
    """Confine this process for the rest of its life and become the program; raises OSError when it cannot be started."""
    memory, seconds, written = map(int, arguments[:3])
    bound(
        {
            resource.RLIMIT_AS: memory,
            resource.RLIMIT_CPU: seconds,
            resource.RLIMIT_FSIZE: written,
            resource.RLIMIT_CORE: 0,
        }
    )
    leave_the_network()
    give_up_privileges()
    os.nice(10)
    os.execv(arguments[3], list(arguments[3:]))  # noqa: S606 # the program the operator named, without a shell


if __name__ == "__main__":
    main(sys.argv[1:])
