"""List the addresses that the data rely on, or ask online whether they still hold their phrases.

Needs httpx, which stands in requirements-dev.in only: no build of the site goes online.
Exit codes: 0 done, 3 a source is dead or has drifted.
"""

import argparse
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, get_args

import charset_normalizer
import httpx
from lxml import etree, html

from explainer.config import ROOT, load_settings, site_address
from explainer.data import Dataset, load

State = Literal["alive", "drifted", "dead", "unclear"]
Transport = httpx.BaseTransport | None
MAX_BYTES = 5_000_000
MAX_SECONDS = 60.0
PAUSE = 1.0
"""Seconds before each request."""
TOO_LITTLE = 200
"""Characters; a page with less text needs scripts, or shows a wall."""
_TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/rss")
_QUOTES = str.maketrans("‘’“”‐‑‒–—−", "''\"\"------")


class Address(NamedTuple):
    """An address of a source, and the phrases that an editor saw there."""

    source: str
    url: str
    phrases: tuple[str, ...] = ()


class Result(NamedTuple):
    """What a request found."""

    state: State
    detail: str
    missing: tuple[str, ...] = ()


def list_addresses(dataset: Dataset) -> Iterator[Address]:
    """Yield every address of the articles, the context sources and the rates."""
    found = defaultdict[tuple[str, str | None], list[str]](list)
    for article in dataset.sources.values():
        phrases = [mention.exact for mention in dataset.digests[article.id].mentions]
        found[article.id, article.url] += phrases
        # A folder of an archive lists files and shows none of their text.
        found[article.id, article.archived_url] += [] if article.archive_is_folder else phrases
    for source in dataset.context.values():
        is_seen = source.access == "page" or (source.access == "copy" and source.host)
        for url in (source.url, source.archived_url):
            found[source.id, url] += (report.phrase for report in source.reports if is_seen)
    for rate in dataset.rates.values():
        limits = (rate.value, rate.value_max) if rate.access == "page" else ()
        found["rates", rate.url] += (f"{limit:f}" for limit in limits if limit)
    for (name, url), phrases in found.items():
        if url:
            yield Address(name, url, tuple(dict.fromkeys(phrases)))


def make_client(agent: str, transport: Transport = None) -> httpx.Client:
    """Return a client that names itself ``agent``, and waits 20 seconds at most."""
    headers = {"User-Agent": agent}
    return httpx.Client(headers=headers, timeout=20, follow_redirects=True, transport=transport)


def check_address(address: Address, client: httpx.Client) -> Result:
    """Return what one request says of a source. Reads at most MAX_BYTES in MAX_SECONDS."""
    body, is_whole, deadline = bytearray(), False, time.monotonic() + MAX_SECONDS
    try:
        with client.stream("GET", address.url) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MAX_BYTES or time.monotonic() > deadline:
                    break
            else:
                is_whole = True
    except httpx.TimeoutException:
        return Result("unclear", "no answer in time")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if not body:
            return Result("dead", str(error) or type(error).__name__)
    status, kind = response.status_code, response.headers.get("Content-Type", "text/html")
    text = extract_text(bytes(body[:MAX_BYTES])) if kind.startswith(_TEXT_TYPES) else ""
    missing = tuple(phrase for phrase in address.phrases if not is_in(phrase, text))
    if status in (404, 410):
        return Result("dead", f"{status}: the page is gone")
    if not response.is_success:
        return Result("unclear", f"{status}: refuses programs, or fails today")
    if not missing:
        return Result("alive", f"{len(address.phrases)} phrases found")
    if len(text) < TOO_LITTLE:
        return Result("unclear", f"hardly any text in this {kind} without scripts")
    if not is_whole:
        return Result("unclear", "could not be read to its end")
    return Result("drifted", "phrases are missing", missing)


def extract_text(body: bytes) -> str:
    """Return the text of a page in any encoding, without its scripts and styles."""
    page = str(charset_normalizer.from_bytes(body).best() or "")
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", page) or "<p>")
    etree.strip_elements(root, etree.Comment, "script", "style", "template", with_tail=False)
    return " ".join(str(text) for text in root.itertext())


def is_in(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, in any case, width, spacing and quotes.

    Parts of a longer number or word do not count.
    """
    forms = (unicodedata.normalize("NFKC", one).translate(_QUOTES) for one in (phrase, text))
    phrase, text = (form.casefold() for form in forms)
    parts = re.findall(r"[0-9]+|[^\s0-9]", phrase)
    before = r"(?<![0-9])(?<![0-9][.,])" if parts[0].isdigit() else r"(?<![a-z](?=[a-z]))"
    after = r"(?![0-9])(?![.,][0-9])" if parts[-1].isdigit() else r"(?!(?<=[a-z])[a-z])"
    return bool(re.search(before + r"\s*".join(map(re.escape, parts)) + after, text))


def main(arguments: Sequence[str] | None = None, transport: Transport = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--online", action="store_true", help="fetch each address")
    is_online, dataset = parser.parse_args(arguments).online, load(ROOT / "data")
    if not is_online:
        for address in list_addresses(dataset):
            print(f"{address.source:<34} {len(address.phrases):>2} phrases  {address.url}")
        return 0
    site = site_address(load_settings(ROOT).site_url)
    agent = f"{dataset.about.slug}/{dataset.about.version} (+{site})"
    states: Counter[State] = Counter()
    with make_client(agent, transport) as client:
        for address in list_addresses(dataset):
            time.sleep(PAUSE)
            result = check_address(address, client)
            states[result.state] += 1
            print(f"{result.state:<8} {address.source}: {result.detail}", address.url, sep="\n  ")
            print(*(f"  missing «{phrase}»\n" for phrase in result.missing), sep="", end="")
    print(", ".join(f"{states[state]} {state}" for state in get_args(State)))
    return 3 if states["drifted"] or states["dead"] else 0


if __name__ == "__main__":
    sys.exit(main())
