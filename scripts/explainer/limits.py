"""Every limit on what the program reads and prints; CONTRIBUTING.md tells editors of them.

They bound time and memory before anything is parsed.
"""

# Bytes of files; an article brings the scripts and pictures of its page along.
ARTICLE_BYTES = 5_000_000
DATA_BYTES = 5_000_000
LOCK_BYTES = 10_000_000
PAGE_BYTES = 100_000
"""A page, a layout, a style sheet or ``mkdocs.yml``."""
ASSET_BYTES = 1_000_000
"""Any other file below ``docs`` and ``overrides``."""

# What a file holds.
ARTICLE_CHARACTERS = 200_000
ARTICLE_TAGS = 200_000
"""What may open or close an element of a page or a feed."""
DATA_VALUES = 100_000
DATA_LEVELS = 20
PAGE_MARKS = 1_000
"""Brackets, list marks and blocks of a page, together: Markdown looks for the end of each."""

# What an entry of the data holds.
TEXT_CHARACTERS = 2_000
NUMBER_DIGITS = 40
LAST_YEAR = 2100
FORMULA_CHARACTERS = 200
FORMULA_INPUTS = 12
RESULT_BITS = 1_000
"""The numerator and the denominator of a result."""
SLIDER_STEPS = 100_000
WAFFLE_SQUARES = 1_000
"""The squares of one row."""

# What is said about faults.
FILE_ERRORS = 10_000
"""The faults of one file that are looked at."""
PRINTED_ERRORS = 100
PRINTED_CHARACTERS = 60
"""How much of a found value an error shows."""
COMPARED_NAMES = 2_000
"""An error suggests none of more names than these."""
