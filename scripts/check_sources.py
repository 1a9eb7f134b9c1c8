"""List the addresses that the data rely on, or ask online whether they still hold their phrases.

Needs httpx, which stands in requirements-dev.in only: no build of the site goes online.
Exit codes: 0 done, 2 bad input, 3 a source is dead or has drifted, 4 no host could be reached.
"""

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

import charset_normalizer
import httpx
from lxml import etree, html

from explainer.config import ROOT, address_of
from explainer.data import Access, DataErrors, Dataset, load

State = Literal["alive", "drifted", "dead", "unclear"]
MAX_BYTES = 5_000_000
MAX_SECONDS = 60.0
PAUSE = 1.0
"""Seconds between two requests."""
TOO_LITTLE = 200
"""Characters; a page with less text needs scripts, or shows a wall."""
_TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/rss")
_QUOTES = str.maketrans("‘’“”‐‑‒–—−", "''\"\"------")


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a source, and the phrases that should stand there.

    ``seen`` is false where no editor saw the phrases at this address: a missing one proves nothing.
    """

    source: str
    url: str
    phrases: tuple[str, ...] = ()
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What a request found; ``status`` is ``None`` where no answer came."""

    address: Address
    state: State
    detail: str
    status: int | None = None
    missing: tuple[str, ...] = ()


def list_addresses(dataset: Dataset) -> Iterator[Address]:
    """Yield every address of the articles, the context sources and the rates."""
    for article in dataset.sources.values():
        mentions = dataset.mentions.get(article.id, {}).values()
        phrases = tuple(dict.fromkeys(mention.exact for mention in mentions))
        # A folder of an archive lists files and shows none of their text.
        archived = () if article.archive_is_folder else phrases
        for url, held in ((article.url, phrases), (article.archived_url, archived)):
            if url:
                yield Address(article.id, url, held)
    for source in dataset.context.values():
        phrases = tuple(dict.fromkeys(report.phrase for report in source.reports))
        seen = source.access is Access.PAGE or (source.access is Access.COPY and bool(source.host))
        for url in filter(None, (source.url, source.archived_url)):
            yield Address(source.id, url, phrases, seen)
    rates = list(dataset.rates.values())
    for url in dict.fromkeys(rate.url for rate in rates):
        here = [rate for rate in rates if rate.url == url]
        printed = [rate for rate in here if rate.access is Access.PAGE]
        limits = [limit for rate in printed for limit in (rate.value, rate.value_max) if limit]
        yield Address(f"rates:{here[0].id}", url, tuple(dict.fromkeys(f"{v:f}" for v in limits)))


def make_client(agent: str, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client that names itself ``agent``, and waits 20 seconds at most."""
    headers = {"User-Agent": agent}
    return httpx.Client(
        headers=headers, timeout=20, follow_redirects=True, max_redirects=5, transport=transport
    )


def check_all(addresses: Iterable[Address], client: httpx.Client) -> list[Result]:
    """Check one address after the other, with a pause between two requests."""
    results: list[Result] = []
    for address in addresses:
        if results:
            time.sleep(PAUSE)
        results.append(check_address(address, client))
    return results


def check_address(address: Address, client: httpx.Client) -> Result:
    """Return what one request says of a source. Reads at most MAX_BYTES in MAX_SECONDS."""
    body, is_whole, deadline = bytearray(), True, time.monotonic() + MAX_SECONDS
    try:
        with client.stream("GET", address.url) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MAX_BYTES or time.monotonic() > deadline:
                    is_whole = False
                    break
    except httpx.TimeoutException:
        return Result(address, "unclear", "no answer in time")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if not body:
            return Result(address, "dead", str(error) or type(error).__name__)
        is_whole = False  # the connection broke off
    status, kind = response.status_code, response.headers.get("Content-Type", "text/html")
    if status in (404, 410):
        return Result(address, "dead", "the page is gone", status)
    if not response.is_success:
        return Result(address, "unclear", "the server refuses programs, or fails today", status)
    if not kind.startswith(_TEXT_TYPES):
        return Result(address, "unclear", f"not text but {kind}", status)
    text = extract_text(bytes(body[:MAX_BYTES]))
    missing = missing_phrases(address.phrases, text)
    state: State = "unclear"
    if not missing:
        state, detail = "alive", f"{len(address.phrases)} phrases found"
    elif len(text) < TOO_LITTLE:
        detail = "hardly any text without scripts"
    elif not is_whole:
        detail = "could not be read to its end"
    elif not address.seen:
        detail = "phrases were never seen at this address"
    else:
        state, detail = "drifted", "phrases are missing"
    return Result(address, state, detail, status, missing)


def extract_text(body: bytes) -> str:
    """Return the text of a page in any encoding, without its scripts and styles."""
    page = str(charset_normalizer.from_bytes(body).best() or "")
    if not page.strip():
        return ""
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", page))
    etree.strip_elements(root, etree.Comment, "script", "style", "template", with_tail=False)
    return " ".join(str(text) for text in root.itertext())


def missing_phrases(phrases: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the phrases that ``text`` lacks; case, width, quotes and spaces do not matter."""
    whole = _normalize(text)
    return tuple(phrase for phrase in phrases if not _pattern(phrase).search(whole))


def _normalize(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return re.sub(r"\s+", " ", plain).strip()


def _pattern(phrase: str) -> re.Pattern[str]:
    """Match the phrase with or without spaces, never as part of a longer number or word."""
    parts = re.findall(r"[0-9]+|[^\s0-9]", _normalize(phrase))
    before = r"(?<![0-9])(?<![0-9][.,])" if parts[0].isdigit() else r"(?<![a-z](?=[a-z]))"
    after = r"(?![0-9])(?![.,][0-9])" if parts[-1].isdigit() else r"(?!(?<=[a-z])[a-z])"
    return re.compile(before + " ?".join(map(re.escape, parts)) + after)


def print_results(results: Sequence[Result]) -> None:
    """Print a line for each address, and how many there are of each state."""
    for result in results:
        print(
            f"{result.state:<8} {result.status or '':<4} {result.address.source}: {result.detail}"
        )
        for phrase in result.missing:
            print(f"{'':<13} missing «{phrase}»")
        print(f"{'':<13} {result.address.url}")
    counts = Counter(result.state for result in results)
    print(", ".join(f"{counts[state]} {state}" for state in get_args(State)))


def main(
    arguments: Sequence[str] | None = None, transport: httpx.BaseTransport | None = None
) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="only these sources, by id")
    parser.add_argument("--online", action="store_true", help="fetch each address")
    parser.add_argument("--json", action="store_true", help="print a JSON array of results")
    options = parser.parse_args(arguments)
    try:
        dataset = load(ROOT / "data")
    except DataErrors as error:
        print(error, file=sys.stderr)
        return 2
    chosen = set(options.sources)
    addresses = [one for one in list_addresses(dataset) if not chosen or one.source in chosen]
    if unknown := chosen - {address.source for address in addresses}:
        print(f"no address of {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    if not options.online:
        for address in addresses:
            print(f"{address.source:<34} {len(address.phrases):>2} phrases  {address.url}")
        return 0
    agent = f"{dataset.about.slug}/{dataset.about.version} (+{address_of()})"
    with make_client(agent, transport) as client:
        results = check_all(addresses, client)
    if not any(result.status for result in results):
        print(f"no host could be reached ({results[0].detail})", file=sys.stderr)
        return 4
    if options.json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2))
    else:
        print_results(results)
    return 3 if any(result.state in ("drifted", "dead") for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
