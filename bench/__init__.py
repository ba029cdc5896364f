"""Benchmarks: what a mail costs, measured on this machine. Run by `make bench`; results are kept in `bench/README.md`."""
