"""Checks of safety: nothing inline, nothing from other hosts, no markup that was not rendered."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from explainer.site.headers import policy
from explainer.verify.crawl import Page, PageFinding, Site

_LOADED = "//@src | //@poster | //link[not(@rel='canonical' or @rel='alternate')]/@href"
_INLINE = """//style | //*[@style] | //*[@*[starts-with(name(), 'on')]]
    | //script[not(@src or @type='application/ld+json')] | //*[starts-with(@href, 'javascript:')]"""
_POLICY = """/html/head/meta[@http-equiv='Content-Security-Policy']
    [not(preceding::script or preceding::link)]/@content"""
_MARKS = ("{{", "{%", "{: ", "](", "**")
"""What templates, attribute lists, links and emphasis of Markdown leave when nothing reads them."""


def check_third_party(page: Page, _: Site) -> Iterator[PageFinding]:
    """No page loads anything from another host."""
    for address in page.find(_LOADED):
        yield address if urlsplit(address).netloc else None


def check_policy(page: Page, _: Site) -> Iterator[PageFinding]:
    """Every page carries the policy of its kind in time, and no inline code that it blocks."""
    policies, inline = page.find(_POLICY), page.find(_INLINE)
    is_right = policies == [policy(page.path, framing=False)]
    yield None if is_right else f"the policy is {policies}"
    yield f"inline code at <{inline[0].tag}>" if inline else None


def check_leftover_markup(page: Page, _: Site) -> Iterator[PageFinding]:
    """No template or Markdown mark is left in what readers see."""
    if found := [mark for mark in _MARKS if mark in page.text]:
        shown = "\n".join(page.find("//text()[not(ancestor::script or ancestor::pre)]"))
        found = [mark for mark in found if mark in shown]
    yield f"{found[0]!r} is visible" if found else None
