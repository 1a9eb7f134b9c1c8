"""How many defects are planted over all, and how many clean variants stand against them."""

from tests.dataset.test_bad_input import PLANTED as BAD_INPUT
from tests.dataset.test_strict_yaml import REFUSED
from tests.gates.test_clean_variants import OTHER, SAME, SITES
from tests.gates.test_site_checks import PLANTED


def test_there_are_enough_defects_and_enough_clean_variants() -> None:
    assert len(PLANTED) + len(BAD_INPUT) + len(REFUSED) >= 190
    assert len(SITES) + len(SAME) + len(OTHER) >= 30
