"""`python -m bot` and the `shouli` command."""

import os
import sys


def main() -> int:
    """Run the command line; the exit code is the program's."""
    from bot.cli import run

    os.umask(0o077)  # ledger, workbooks, exports: personal data, and the operator's own
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
