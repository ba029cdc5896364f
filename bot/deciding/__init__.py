"""Values to values: what is to become of a mail; no I/O at all."""
