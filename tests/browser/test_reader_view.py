"""Mozilla's reader view takes a page's own title and site, never those of an article it quotes."""

from pathlib import Path

from playwright.sync_api import Page
from tests.conftest import ROOT

READABILITY = ROOT / "tests/tools/node_modules/@mozilla/readability/Readability.js"
READ = """async (addresses) => Promise.all(addresses.map(async (address) => {
  const text = await (await fetch(address)).text()
  const page = new DOMParser().parseFromString(text, 'text/html')
  const heading = page.querySelector('h1').textContent.trim()
  const read = new Readability(page).parse()
  return [heading, page.title, read?.title, read?.siteName ?? null]
}))"""
NAMES = ("The Korea Bet", "押注韩国")


def test_the_reader_view_shows_the_pages_own_title(
    page: Page, base: str, built: Path, pages: list[str]
) -> None:
    page.goto(base)
    page.evaluate(f"{READABILITY.read_text('utf-8')}; window.Readability = Readability; 0")
    listed = [name for name in (*pages, "data/", "zh/data/") if is_listed(built / name)]
    assert len(listed) > 10
    found = page.evaluate(READ, [f"{base}{name}" for name in listed])
    for name, (heading, document, title, site) in zip(listed, found, strict=True):
        assert site in NAMES, (name, site)
        assert title in heading or title in document, (name, title)


def is_listed(path: Path) -> bool:
    """Whether a page describes itself to other programs: no embed, 404 or bilingual page."""
    file = path / "index.html" if path.is_dir() else path
    return "application/ld+json" in file.read_text("utf-8")
