"""Bytes to values: what a mail and its files say."""
