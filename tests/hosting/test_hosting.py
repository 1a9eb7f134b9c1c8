"""What hosts are given: headers, redirects, error pages, and files that any host takes."""

import re
from pathlib import Path

from lxml import etree, html
from tests.conftest import ADDRESS
from tests.serving import PREFIX

from explainer.site import headers


def sent_by_rules(text: str, path: str) -> dict[str, str]:
    """The headers that a ``_headers`` file gives for a path, by the rules of Cloudflare Pages."""
    sent: dict[str, str] = {}
    applies = False
    for line in text.splitlines():
        if not line.startswith(" "):
            pattern = re.sub(r":[a-z]+", "[^/]+", re.escape(line).replace(r"\*", ".*"))
            applies = re.fullmatch(pattern.replace(r"\:", ":"), path) is not None
        elif applies and line.startswith("  ! "):
            sent.pop(line.removeprefix("  ! "), None)
        elif applies:
            name, value = line.strip().split(": ", 1)
            assert name not in sent, f"{name} would be sent twice for {path}"
            sent[name] = value
    return sent


def test_the_header_file_gives_every_file_its_headers(built: Path) -> None:
    text = (built / "_headers").read_text("utf-8")
    typed = set()
    for path in sorted(path for path in built.rglob("*") if path.is_file()):
        name = path.relative_to(built).as_posix().removesuffix("index.html")
        sent = sent_by_rules(text, f"{PREFIX}{name}")
        if kind := sent.pop("Content-Type", None):
            assert kind == headers.content_type(name), name
            typed.add(path.suffix)
        assert sent == headers.headers(name), name
    assert typed == {".bib", ".ris"}


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


def test_policies_differ_only_where_they_must() -> None:
    pages = ("", "zh/", "money/", "figures/jobs-created/", "both/money/", "404.html", "feed.xml")
    assert len({headers.policy(page) for page in pages}) == 1
    strict = headers.policy("")
    assert "unsafe" not in strict
    assert "http" not in strict
    for page in ("search/", "zh/search/", "pagefind/pagefind-worker.js"):
        assert headers.policy(page) == strict.replace(
            "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
        )
    for page in ("figures/jobs-created/embed/", "zh/figures/jobs-created/embed/"):
        assert headers.policy(page) == strict.replace("frame-ancestors 'none'", "frame-ancestors *")
