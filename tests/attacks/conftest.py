"""Attacks come by mail, through the whole program: the offices of the fault tests serve here too."""

from tests.faults.conftest import dovecot, opened, program

__all__ = ["dovecot", "opened", "program"]
