"""What hosts are given: headers, redirects, error pages, and files that any host takes."""

import re
from pathlib import Path

import pytest
from lxml import etree, html
from tests.conftest import ADDRESS
from tests.serving import PREFIX, sent_by_rules

from explainer.site import headers

STRICT = headers.policy("")
SAFE = {
    "Content-Security-Policy": STRICT,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SHARED = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
SCRIPTS = "script-src 'self'"
SEARCH = {"Content-Security-Policy": STRICT.replace(SCRIPTS, f"{SCRIPTS} 'wasm-unsafe-eval'")}
FRAMED = STRICT.replace("frame-ancestors 'none'", "frame-ancestors *")


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("money/", {}),
        ("zh/404.html", {}),
        ("search/", SEARCH),
        ("zh/search/", SEARCH),
        ("pagefind/pagefind.js", SEARCH),
        ("figures/jobs-created/embed/", {"Content-Security-Policy": FRAMED}),
        ("zh/figures/x/embed/", {"Content-Security-Policy": FRAMED}),
        ("assets/0123/css/site.css", {"Cache-Control": "public, max-age=31536000, immutable"}),
        ("figures/jobs-created.json", SHARED),
        ("zh/share/money.png", SHARED),
        ("feed.xml", SHARED),
        ("figures/jobs-created.bib", SHARED | {"Content-Type": "application/x-bibtex"}),
    ],
)
def test_the_header_file_gives_every_kind_of_file_its_headers(
    built: Path, name: str, others: dict[str, str]
) -> None:
    assert "unsafe" not in STRICT and "http" not in STRICT
    sent = sent_by_rules((built / "_headers").read_text("utf-8"), f"{PREFIX}{name}")
    assert sent == SAFE | others


def test_the_header_file_keeps_the_limits_of_its_host(built: Path) -> None:
    """Cloudflare Pages reads a hundred rules and lines of 2,000 characters, one splat in a rule."""
    lines = (built / "_headers").read_text("utf-8").splitlines()
    rules = [line for line in lines if not line.startswith(" ")]
    assert 0 < len(rules) <= 100
    assert max(map(len, lines)) <= 2000
    assert all(rule.startswith(PREFIX) and rule.count("*") <= 1 for rule in rules)


def test_the_closest_page_for_what_is_missing_speaks_the_language(built: Path) -> None:
    """Cloudflare Pages looks for ``404.html`` from the folder that was asked for upwards."""
    for path in ("nowhere/", "figures/no/", "zh/nowhere", "zh/figures/jobs-created/nowhere/"):
        closest = next(p / "404.html" for p in (built / path).parents if (p / "404.html").is_file())
        language = "zh-Hans" if path.startswith("zh/") else "en"
        assert f'<html lang="{language}">' in closest.read_text("utf-8"), path


def test_the_only_page_of_github_for_what_is_missing_speaks_both(built: Path) -> None:
    text = (built / "404.html").read_text("utf-8")
    sections = re.findall(r'<section class="missing" lang="([^"]+)">(.*?)</section>', text, re.S)
    assert {language for language, _ in sections} == {"en", "zh-Hans"}
    shapes = [re.findall(r"<(\w+)", section) for _, section in sections]
    assert shapes[0] == shapes[1], "one language is told more than the other"
    assert "h1" in shapes[0]
    # Served at any depth, it can only find its style sheet from the root.
    assert f'href="{PREFIX}assets/' in text or f'href="{ADDRESS}assets/' in text


def test_the_site_is_small_and_plain_enough_for_every_host(built: Path) -> None:
    """20,000 files of 25 MiB at Cloudflare; at GitHub a gigabyte, no links, nothing hidden."""
    files = [path for path in built.rglob("*") if not path.is_dir()]
    assert 500 < len(files) <= 20_000
    sizes = [path.stat().st_size for path in files]
    assert max(sizes) <= 25 * 2**20
    assert sum(sizes) <= 2**30
    for path in built.rglob("*"):
        name = path.relative_to(built).as_posix()
        assert not path.is_symlink(), name
        assert not path.name.startswith("."), name
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name), name
        assert path.stat().st_mode & 0o044 == 0o044, name


def test_heads_and_sitemap_name_each_page_and_its_translation(built: Path) -> None:
    """Both pages of a pair name both addresses and the default; what is listed is each page once."""
    sitemap = etree.fromstring((built / "sitemap.xml").read_bytes())
    listed = [[one.get("href") or one.text for one in entry] for entry in sitemap]
    wanted = []
    for path in built.rglob("index.html"):
        head = html.parse(path).getroot().head
        name = path.relative_to(built).as_posix().removesuffix("index.html")
        if not (name.startswith("both/") or head.xpath("meta[@name='robots']")):
            links = {e.get("hreflang"): e.get("href") for e in head.xpath("link[@hreflang]")}
            english = ADDRESS + name.removeprefix("zh/")
            chinese = f"{ADDRESS}zh/{name.removeprefix('zh/')}"
            assert links == {"en": english, "zh-Hans": chinese, "x-default": english}, name
            assert head.xpath("link[@rel='canonical']/@href") == [ADDRESS + name]
            wanted.append([ADDRESS + name, english, chinese, english])
    assert sorted(listed) == sorted(wanted)
