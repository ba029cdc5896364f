"""Attacks come by mail, through the whole program: the offices of the fault tests serve here too."""

from tests.faults.conftest import desk, dovecot, opened, program

__all__ = ["desk", "dovecot", "opened", "program"]
