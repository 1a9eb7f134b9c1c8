"""Mozilla's reader view takes a page's own title and site, never those of an article it quotes."""

from playwright.sync_api import Page
from tests.conftest import ROOT

READABILITY = ROOT / "tests/tools/node_modules/@mozilla/readability/Readability.js"
READ = """async (addresses) => Promise.all(addresses.map(async (address) => {
  const text = await (await fetch(address)).text()
  const page = new DOMParser().parseFromString(text, 'text/html')
  if (!page.querySelector('[type="application/ld+json"]')) return null
  const own = page.querySelector('h1').textContent.trim() + page.title
  const read = new Readability(page).parse()
  return [address, own, read?.title, read?.siteName ?? null]
}))"""
NAMES = ("The Korea Bet", "押注韩国")


def test_the_reader_view_shows_the_pages_own_title(page: Page, base: str, pages: list[str]) -> None:
    """Of pages that describe themselves to programs: none that embeds, pairs or is retired."""
    page.goto(base)
    page.evaluate(f"{READABILITY.read_text('utf-8')}; window.Readability = Readability; 0")
    found = page.evaluate(READ, [f"{base}{name}" for name in [*pages, "data/", "zh/data/"]])
    described = [one for one in found if one]
    assert len(described) > 10
    for address, own, title, site in described:
        assert site in NAMES, (address, site)
        assert title in own, (address, title)
