"""``CITATION.cff``: how to cite the whole set, for code hosts and reference managers."""

import json

from explainer.i18n import Localizer


def citation_cff(words: Localizer, root: str) -> str:
    """The Citation File Format, version 1.2.0."""
    about = words.dataset.about

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string

    name = words.text(about.name)
    lines = [
        "cff-version: 1.2.0",
        f"message: {quoted(words.string('data.cite_message'))}",
        "type: dataset",
        f"title: {quoted(words.string('data.set_title', name=name))}",
        f"abstract: {quoted(words.text(about.description))}",
        "authors:",
        f"  - name: {quoted(name)}",
        f"version: {quoted(about.version)}",
        f"date-released: {quoted(words.dataset.modified)}",
        f"license: {quoted(about.licence.id)}",
        f"url: {quoted(root)}",
    ]
    return "\n".join([*lines, ""])
