"""How a ledger of an earlier version becomes one of this version: one revision a release, applied in order, never edited.

A revision stands by itself: it names tables and columns as they were then and never asks `store_tables`, which goes on. A
new NOT NULL column comes with a `server_default` that says what it means for the rows that are there. The newest revision
is `store_tables.REVISION`; that all of them together give exactly the tables of `store_tables` is tested on both databases.
"""
