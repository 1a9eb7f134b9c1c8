"""The models: what a data file may hold, and the objects that the rest of the program reads.

Ids are ASCII slugs. Nothing here holds a value that an editor typed: a claim takes its quantity
from its mentions, a report from its phrase. Fields with ``init=False`` are no keys of a file; the
entry around, or the loader, sets them.
"""
