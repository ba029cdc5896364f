"""`python -m bot` and the `shouli` command."""

import sys


def main() -> int:
    """Run the command line; the exit code is the program's."""
    from bot.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
