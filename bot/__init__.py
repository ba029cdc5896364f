"""Nominations by mail: read, judged, answered, kept."""
