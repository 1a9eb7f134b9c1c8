"""Mozilla's reader view takes a page's own title and site, never those of an article it quotes."""

import re

from playwright.sync_api import Page
from tests.conftest import ROOT

READABILITY = ROOT / "tests/tools/node_modules/@mozilla/readability/Readability.js"
READ = """async (addresses) => Promise.all(addresses.map(async (address) => {
  const text = await (await fetch(address)).text()
  const page = new DOMParser().parseFromString(text, 'text/html')
  const own = page.querySelector('h1').textContent.trim() + page.title
  const read = new Readability(page).parse()
  return [address, own, read?.title, read?.siteName ?? null]
}))"""
NAMES = ("The Korea Bet", "押注韩国")


def test_the_reader_view_shows_the_pages_own_title(page: Page, base: str, pages: list[str]) -> None:
    """Of pages that describe themselves to other programs: no embed, 404 or bilingual page."""
    page.goto(base)
    page.evaluate(f"{READABILITY.read_text('utf-8')}; window.Readability = Readability; 0")
    names = [n for n in pages if not re.match("both/|.*(embed/|404.html)$", n)]
    for address, own, title, site in page.evaluate(READ, [f"{base}{n}" for n in [*names, "data/"]]):
        assert site in NAMES, (address, site)
        assert title in own, (address, title)
