"""What a finished site promises about safety: nothing from others, nothing that a page may not."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from explainer.data import Dataset
from explainer.site.headers import policy
from explainer.verify.crawl import Site
from explainer.verify.report import Finding, fail

_LOADS = " or ".join(
    f"@rel='{rel}'"
    for rel in (
        *("stylesheet", "icon", "manifest", "preload", "modulepreload"),
        *("prefetch", "preconnect", "dns-prefetch"),
    )
)
_ELSEWHERE = re.compile(r"(?:@import\s+|url\()\s*['\"]?((?:https?:)?//[^'\")\s;]+)")


def nothing_from_others(site: Site, _: Dataset) -> Iterator[Finding]:
    """No page loads anything from another host, and nothing inline that a strict CSP blocks."""
    for page in site.pages.values():
        loads = page.texts(f"//@src | //@poster | //object/@data | //link[{_LOADS}]/@href")
        for candidates in page.texts("//@srcset | //@imagesrcset"):
            loads += [one.strip() for one in candidates.split(",")]
        for address in loads:
            host = urlsplit(address).netloc
            yield fail("third-party", page, address) if host else None
        handlers = page.texts("//@*[starts-with(name(), 'on')]/..") or []
        inline = [
            *("<style>" for _ in page.elements("//style")),
            *("style=" for _ in page.elements("//*[@style]")),
            *(
                "<script>"
                for _ in page.elements("//script[not(@src) and not(@type='application/ld+json')]")
            ),
            *("on…=" for _ in handlers),
            *(a for a in page.texts("//@href") if a.strip().lower().startswith("javascript:")),
        ]
        yield fail("inline", page, ", ".join(inline)) if inline else None
    for name in sorted(site.files):
        if name.endswith(".css"):
            found = _ELSEWHERE.findall(site.text(name))
            yield fail("third-party", name, ", ".join(found)) if found else None


def pages_carry_the_policy(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every page carries the security policy of its kind, before anything that loads or runs."""
    for page in site.pages.values():
        if page.path.endswith("404.html"):
            wanted = policy("404.html", framing=False)
        else:
            wanted = policy(page.address, framing=False)
        said = page.texts("//meta[@http-equiv='Content-Security-Policy']/@content")
        late = page.texts(
            "//meta[@http-equiv='Content-Security-Policy']/preceding::*[self::script or self::link]"
        )
        if said != [wanted]:
            yield fail("policy", page, f"the policy is {said}")
        else:
            yield fail("policy", page, "the policy comes late") if late else None


RULES = (nothing_from_others, pages_carry_the_policy)
