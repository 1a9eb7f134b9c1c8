"""The site behind a real nginx, with the configuration that the project prints for it."""

import gzip
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from tests.conftest import ADDRESS, published
from tests.hosting.loopback import free_port, running

from explainer.data import Dataset
from explainer.site import headers as site_headers
from explainer.site.packing import pack

BELOW = "/some/where/"


@pytest.fixture(scope="module")
def server(
    built: Path, dataset: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The root of the built site, with compressed copies, on a loopback nginx."""
    room = tmp_path_factory.mktemp("nginx")
    folder = Path(shutil.copytree(built, room / "site"))
    assert pack(folder) > 400
    room.chmod(0o755)
    port = free_port()
    site = site_headers.nginx(dataset, ADDRESS, str(folder), f"127.0.0.1:{port}")
    base = f"http://127.0.0.1:{port}{BELOW}"
    with running(room, site, base):
        yield base


def get(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_every_kind_of_file_comes_with_its_type_and_headers(server: str, built: Path) -> None:
    seen = set()
    for path in sorted(path for path in built.rglob("*") if path.is_file()):
        name = path.relative_to(built).as_posix()
        ending = name.rpartition(".")[2]
        if ending in seen and ending != "html":
            continue
        seen.add(ending)
        name = name.removesuffix("index.html")
        status, headers, body = get(f"{server}{name}")
        assert status == 200, name
        assert body == path.read_bytes(), name
        assert headers["Content-Type"] == site_headers.content_type(name), name
        sent = {header: headers[header] for header in site_headers.headers(name)}
        assert sent == site_headers.headers(name), name
        expected = site_headers.headers(name).get("Access-Control-Allow-Origin")
        assert headers["Access-Control-Allow-Origin"] == expected, name
    assert set(site_headers.TYPES) - {"wasm"} <= seen


@pytest.mark.parametrize(("path", "language"), [("nowhere/", "en"), ("zh/nowhere/", "zh-Hans")])
def test_each_language_has_its_own_page_for_what_is_missing(
    server: str, path: str, language: str
) -> None:
    status, headers, body = get(f"{server}{path}")
    assert status == 404
    assert f'<html lang="{language}">' in body.decode("utf-8")
    assert headers["Content-Security-Policy"] == site_headers.policy(path)


def test_a_page_is_asked_for_again_only_when_it_changed(server: str) -> None:
    _, headers, _ = get(server)
    again = urllib.request.Request(server, headers={"If-None-Match": headers["ETag"]})
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(again)
    assert error.value.code == 304


@pytest.mark.parametrize("path", ["", "zh/money/", "figures/jobs-created.json", "search.json"])
def test_a_compressed_copy_goes_to_those_who_take_it(server: str, built: Path, path: str) -> None:
    asked = urllib.request.Request(f"{server}{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        headers, body = answer.headers, answer.read()
    name = f"{path}index.html" if not path or path.endswith("/") else path
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Type"] == site_headers.content_type(path)
    assert gzip.decompress(body) == (built / name).read_bytes()
    assert get(f"{server}{path}")[1]["Content-Encoding"] is None


def test_files_whose_names_tell_their_content_are_kept_for_ever(server: str, built: Path) -> None:
    sheet = published(built, "assets/css/site.css")
    assert "immutable" in get(f"{server}{sheet}")[1]["Cache-Control"]
    gone = get(f"{server}{sheet.replace('site.', 'gone.')}")
    assert (gone[0], gone[1]["Cache-Control"]) == (404, "no-cache")
    assert get(server)[1]["Cache-Control"] == "no-cache"


def test_brotli_is_asked_of_nginx_only_by_those_who_have_its_module(dataset: Dataset) -> None:
    plain = site_headers.nginx(dataset, ADDRESS, "/site", "80")
    assert "brotli" not in plain
    assert "brotli_static on;" in site_headers.nginx(dataset, ADDRESS, "/site", "80", brotli=True)


@pytest.mark.parametrize("path", ["money", "zh/figures/jobs-created"])
def test_a_missing_slash_is_added(server: str, path: str) -> None:
    status, headers, _ = get(f"{server}{path}")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["..%2f..%2fetc/passwd", "zh../money/", "%2e%2e/%2e%2e/etc/passwd"]
)
def test_nothing_outside_the_site_is_served(server: str, path: str) -> None:
    status, _, _ = get(f"{server}{path}")
    assert status in (400, 404)


def test_the_policies_differ_only_where_they_must() -> None:
    pages = ("", "zh/", "money/", "figures/jobs-created/", "both/money/", "404.html", "feed.xml")
    assert len({site_headers.policy(page) for page in pages}) == 1
    strict = site_headers.policy("")
    assert "unsafe" not in strict
    assert "http" not in strict
    for page in ("search/", "zh/search/", "pagefind/pagefind-worker.js"):
        assert site_headers.policy(page) == strict.replace(
            "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
        )
    for page in ("figures/jobs-created/embed/", "zh/figures/jobs-created/embed/"):
        assert site_headers.policy(page) == strict.replace(
            "frame-ancestors 'none'", "frame-ancestors *"
        )
