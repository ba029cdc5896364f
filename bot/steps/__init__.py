"""Use cases, one file each: one unit of work a call, saying whether there is more."""
