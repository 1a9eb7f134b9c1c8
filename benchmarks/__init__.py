"""How long a site of many figures takes, where the time goes, and what others need for the same.

``make bench`` writes invented datasets of several sizes as complete checkouts, puts each through
the whole way stage by stage, and holds it beside floors (what the same pages cost at least) and
peers (other generators, given the same pages). Everything that is compared runs in turn in the same
run, because a shared machine is never equally fast twice: compare ratios, not seconds.

* ``words``, ``content``, ``checkout``: the invented dataset
* ``stages``: what is measured of our own way, one process each
* ``floors``: the least that the same pages can cost
* ``peers``: other generators, each in a module of its own
* ``edits``: from saving a file to the new page being served
* ``measuring``, ``arithmetic``, ``report``: clocks, medians and exponents, the table and the JSON
"""
