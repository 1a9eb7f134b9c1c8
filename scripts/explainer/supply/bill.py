"""The bill of materials of the site, as CycloneDX 1.6 (ECMA-424): what the lock says, no more.

It holds no date and no random number, so that the same lock gives the same bytes.
"""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from explainer.export.context import SiteContext
from explainer.supply.licences import licence_of
from explainer.supply.lock import Package
from explainer.supply.notices import SHIPPED

Json = dict[str, Any]


def bill(to: SiteContext, packages: Sequence[Package]) -> str:
    """The text of the bill. Raises :class:`~explainer.supply.licences.UnknownLicence`."""
    about = to.dataset.about
    said: Json = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": about.slug,
                "name": about.slug,
                "version": about.version,
                "description": about.name["en"],
                "licenses": _licences(about.licence.id),
                "externalReferences": [{"type": "website", "url": to.root}],
            },
        },
        "components": [_component(package) for package in packages],
        "dependencies": [
            {"ref": about.slug, "dependsOn": _wanted(packages, "")},
            *(
                {"ref": package.purl, "dependsOn": _wanted(packages, package.name)}
                for package in packages
            ),
        ],
    }
    name = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(said, sort_keys=True))
    said = {**said, "serialNumber": name.urn}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _component(package: Package) -> Json:
    """A package. "Required" is what reaches readers; what only builds is "excluded"."""
    made: Json = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.name in SHIPPED else "excluded",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
        "licenses": _licences(licence_of(package.name)),
        "purl": package.purl,
    }
    if package.marker:
        made["properties"] = [{"name": "marker", "value": package.marker}]
    return made


def _licences(expression: str) -> list[Json]:
    if " " in expression:
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def _wanted(packages: Sequence[Package], by: str) -> list[str]:
    return [package.purl for package in packages if by in package.wanted_by]
