"""The demonstration: an invented campaign, played from its first to its last day against a simulated clock."""
