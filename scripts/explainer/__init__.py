"""From articles to a bilingual site: extract, load, derive, render, verify.

The rooms, lowest first; a room imports only from rooms above it in this list:
``quantities`` (text to quantity and back), ``articles`` (file to blocks of text), ``dataset``
(YAML to typed data), ``reasoning`` (derivations and comparisons), ``charts`` (data to marks),
``publishing`` (data to files; the one writer), ``checking`` (finished site to report).
"""
