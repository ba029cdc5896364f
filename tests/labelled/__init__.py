"""Labelled mails: what the campaign's own words say must come of each, measured against what the program makes of it."""
