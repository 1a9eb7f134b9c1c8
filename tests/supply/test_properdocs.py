"""Without MkDocs the same tree gives the same site: ProperDocs takes over its part."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from tests.commands import tree
from tests.conftest import ADDRESS, ROOT

ALONE = """
import sys
from properdocs.__main__ import cli
cli(["build", "--strict", "--quiet", "-f", "mkdocs.yml", "--site-dir", sys.argv[1]], standalone_mode=False)
real = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "mkdocs"}
assert len(real) > 10, "nothing asked for MkDocs"
for name, module in real.items():
    assert module.__name__.partition(".")[0] == "properdocs", f"{name} is MkDocs' own"
"""
"""A build in which whatever asks for MkDocs, the hooks too, is given ProperDocs."""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as ProperDocs builds it."""
    site = tmp_path_factory.mktemp("other") / "site"
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(site)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ADDRESS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def said(page: Path) -> tuple[list[str], str]:
    """The ids of a page in order, and its text without its white space."""
    root = html.parse(str(page)).getroot()
    ids = [str(found) for found in root.xpath("//@id")]
    return ids, re.sub(r"\s+", "", "".join(root.itertext()))


def test_every_page_has_the_same_text_and_ids(built: Path, other: Path) -> None:
    pages = sorted(path.relative_to(built) for path in built.rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        ids, text = said(other / page)
        assert (ids, text) == said(built / page), page
        assert text, page
    assert sum(len(said(built / page)[0]) for page in pages) > 5000


def test_the_whole_site_is_the_same(built: Path, other: Path) -> None:
    assert tree(other) == tree(built)
