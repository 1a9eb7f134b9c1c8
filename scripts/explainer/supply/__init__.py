"""What the site is built with, from the locked requirements: a bill of materials, and licences."""

from explainer import urls
from explainer.export.context import SiteContext
from explainer.supply.bill import bill
from explainer.supply.licences import UnknownLicence
from explainer.supply.lock import LOCK, BadLock, locked
from explainer.supply.notices import licence_list

__all__ = ["LOCK", "BadLock", "UnknownLicence", "supply_forms"]


def supply_forms(to: SiteContext, lock: str) -> dict[str, str]:
    """The bill and the licence lists by their paths below the site's root.

    ``lock`` is the text of :data:`LOCK`. Raises :class:`BadLock` or :class:`UnknownLicence`.
    """
    packages = locked(lock)
    forms = {"data/sbom.cdx.json": bill(to, packages)}
    for code, words in to.words.items():
        forms[f"{urls.root_of(code)}data/licences.txt"] = licence_list(words, packages)
    return forms
