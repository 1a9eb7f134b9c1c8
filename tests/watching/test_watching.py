"""Sources are looked at online as a careful reader would; here the web is one server on loopback."""

import contextlib
import gzip
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest

from explainer.cli import main
from explainer.data import Dataset
from explainer.watching import Limits, Outcome, Place, State, Unreachable, look, places
from explainer.watching.judging import missed
from explainer.watching.telling import as_table

FILLING = "".join(
    f"<p>A long article about {what} and the people who pay for them.</p>"
    for what in ("series", "studios", "stages", "writers", "networks", "audiences")
)
PAGE = f"<html><body><article><h1>A title</h1><p>It paid $700 million.</p>{FILLING}</article>"
KOREAN = f"<html><body><p>약 1만 6천 명</p>{FILLING}".replace("A long", "긴 글")
PHRASE = "$700 million"
LIMITS = Limits(seconds=2, size=200_000, redirects=3)
Play = Callable[["Server"], None]


class Server(BaseHTTPRequestHandler):
    """Plays every kind of page that a source may have become."""

    plays: ClassVar[dict[str, Play]] = {}
    seen: ClassVar[list[tuple[float, str, str]]] = []

    def do_GET(self) -> None:
        self.seen.append((time.monotonic(), self.path, self.headers["User-Agent"]))
        with contextlib.suppress(OSError):
            self.plays[self.path](self)

    def say(self, body: str | bytes, status: int = 200, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else body.encode()
        length = headers.pop("length", str(len(raw)))
        self.send_response(status)
        self.send_header("Content-Type", headers.pop("kind", "text/html"))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", length)
        self.end_headers()
        self.wfile.write(raw)

    def go(self, there: str) -> None:
        self.say("", 302, Location=there)

    def endless(self, begin: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(begin.encode())
        while True:
            self.wfile.write(b"<p>and so on</p>" * 1000)

    def babble(self) -> None:
        self.wfile.write(b"\x00\xff not http\r\n\r\n")

    def slow(self, byte_by_byte: bool) -> None:
        if byte_by_byte:
            self.send_response(200)
            self.end_headers()
        for _ in range(60):
            self.wfile.write(b" " if byte_by_byte else b"")
            self.wfile.flush()
            time.sleep(0.2)

    def log_message(self, *_: object) -> None:
        return


Server.plays = {
    "/good": lambda s: s.say(PAGE),
    "/spaced": lambda s: s.say(PAGE.replace(PHRASE, "＄700\u00a0million")),
    "/aside": lambda s: s.say(PAGE.replace(PHRASE, "it") + f"<table><td>{PHRASE}</table>"),
    "/rewritten": lambda s: s.say(PAGE.replace(PHRASE, "$1,700 million")),
    "/404": lambda s: s.say(PAGE, 404),
    "/410": lambda s: s.say(PAGE, 410),
    "/401": lambda s: s.say(PAGE, 401),
    "/403": lambda s: s.say(PAGE, 403),
    "/429": lambda s: s.say(PAGE, 429),
    "/503": lambda s: s.say(PAGE, 503),
    "/one": lambda s: s.go("/two"),
    "/two": lambda s: s.go("/good"),
    "/round": lambda s: s.go("/round"),
    "/file": lambda s: s.go("file:///etc/passwd"),
    "/ftp": lambda s: s.go("ftp://127.0.0.1/x"),
    "/data": lambda s: s.go(f"data:text/html,{PHRASE}"),
    "/home": lambda s: s.go("/"),
    "/": lambda s: s.say(PAGE.replace(PHRASE, "it")),
    "/endless": lambda s: s.endless(PAGE),
    "/endless-without": lambda s: s.endless(PAGE.replace(PHRASE, "it")),
    "/slow": lambda s: s.slow(True),
    "/silent": lambda s: s.slow(False),
    "/latin": lambda s: s.say(PAGE, kind="text/html; charset=iso-8859-1"),
    "/lies": lambda s: s.say(PAGE.encode("gb18030"), kind="text/html; charset=utf-16"),
    "/korean": lambda s: s.say(KOREAN.encode("euc-kr"), kind="text/html; charset=euc-kr"),
    "/gzip": lambda s: s.say(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
    "/bomb": lambda s: s.say(
        gzip.compress(PAGE.replace(PHRASE, "it").encode() + b" " * 50_000_000),
        Content_Encoding="gzip",
    ),
    "/not-gzip": lambda s: s.say(PAGE, Content_Encoding="gzip"),
    "/pdf": lambda s: s.say(b"%PDF-1.7", kind="application/pdf"),
    "/script": lambda s: s.say("<html><body><div id=app></div><script>1</script>"),
    "/wall": lambda s: s.say("<html><body><p>Please turn on scripts.</p>"),
    "/cut": lambda s: s.say(PAGE, length="90000"),
    "/cut-without": lambda s: s.say(PAGE.replace(PHRASE, "it"), length="90000"),
    "/nonsense": lambda s: s.babble(),
}


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The loopback server's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def look_at(url: str, *phrases: str, seen: bool = True) -> Outcome:
    (found,) = look([Place("it", "page", url, phrases or (PHRASE,), seen)], "test", LIMITS, pause=0)
    return found


@pytest.mark.parametrize(
    ("path", "state"),
    [
        *((path, State.ALIVE) for path in ("good", "spaced", "aside", "one", "latin", "gzip")),
        *((path, State.ALIVE) for path in ("lies", "endless", "cut")),
        *((path, State.DRIFTED) for path in ("rewritten", "home")),
        *((path, State.DEAD) for path in ("404", "410", "round", "file", "ftp", "data")),
        *((path, State.DEAD) for path in ("not-gzip", "nonsense")),
        *((path, State.UNCLEAR) for path in ("401", "403", "429", "503", "pdf", "script", "wall")),
        *((path, State.UNCLEAR) for path in ("endless-without", "cut-without", "bomb")),
        *((path, State.UNCLEAR) for path in ("slow", "silent")),
    ],
)
def test_what_became_of_a_page_is_told(base: str, path: str, state: State) -> None:
    found = look_at(f"{base}/{path}")
    assert found.state is state, found
    assert found.said
    assert found.missing == (() if found.state is not State.DRIFTED else (PHRASE,)) or (
        state is State.UNCLEAR
    )


def test_a_drifted_page_names_the_phrases_that_are_gone(base: str) -> None:
    found = look_at(f"{base}/good", PHRASE, "16,000 jobs", "A TITLE")
    assert (found.state, found.missing) == (State.DRIFTED, ("16,000 jobs",))
    assert "missing «16,000 jobs»" in as_table([found])


def test_a_page_in_a_korean_encoding_is_read(base: str) -> None:
    assert look_at(f"{base}/korean", "약 1만 6천 명").state is State.ALIVE


def test_a_missing_phrase_proves_nothing_where_nobody_ever_saw_it(base: str) -> None:
    assert look_at(f"{base}/rewritten", seen=False).state is State.UNCLEAR


def test_a_page_without_phrases_is_alive_unless_it_leads_home(base: str) -> None:
    places = [Place("a", "page", f"{base}/good"), Place("b", "page", f"{base}/home")]
    assert [one.state for one in look(places, "test", LIMITS, pause=0)] == [
        State.ALIVE,
        State.UNCLEAR,
    ]


def test_no_look_outlasts_its_time(base: str) -> None:
    for path in ("slow", "silent"):
        before = time.monotonic()
        look_at(f"{base}/{path}")
        assert time.monotonic() - before < LIMITS.seconds + 2


def test_a_host_is_asked_politely_one_look_after_the_other(base: str) -> None:
    Server.seen.clear()
    several = [Place("it", "page", f"{base}/good", (PHRASE,)) for _ in range(3)]
    look(several, "korea-bet/1.0 (+https://example.org/)", LIMITS, pause=0.2)
    times = [moment for moment, _, _ in Server.seen]
    assert len(times) == 3
    assert all(later - sooner >= 0.2 for sooner, later in pairwise(times))
    assert {agent for _, _, agent in Server.seen} == {"korea-bet/1.0 (+https://example.org/)"}


def test_a_server_that_is_gone_is_dead_and_a_network_that_is_gone_is_no_verdict(
    base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    assert look_at(f"http://127.0.0.1:{free}/").state is State.DEAD

    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    lost = [Place(name, "page", f"http://{name}.example/") for name in ("a", "b")]
    with pytest.raises(Unreachable, match="no host could be reached"):
        look(lost, "test", LIMITS, pause=0)
    assert main(["sources", "--online", "jaynestars", "zhihu"]) == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("phrase", "text", "stands"),
    [
        ("80", "in 1980", False),
        ("80", "80 works", True),
        ("80", "$80.5", False),
        ("80", "80.", True),
        ("5.6 trillion won", "5.6\u00a0trillion  won", True),
        ("5.6 trillion won", "15.6 trillion won", False),
        ("7700 多亿韩元", "投资了7700多亿韩元", True),
        ("13亿美元", "１３亿美元", True),
        ("13亿美元", "213亿美元", False),
        ("200억원", "1200억원", False),
        ("nine-episode", "the nine\u2011episode series", True),
        ("US$700m", "us$700 million", False),
        ("won", "wondered", False),
    ],
)
def test_phrases_are_found_whatever_the_spaces_and_never_inside_others(
    phrase: str, text: str, stands: bool
) -> None:
    assert missed([phrase], [text]) == (() if stands else (phrase,))


def test_every_address_of_the_data_is_watched(dataset: Dataset) -> None:
    watched = {(place.source, place.url): place for place in places(dataset)}
    for source in dataset.sources.values():
        for url in filter(None, (source.url, source.archived_url)):
            assert (source.id, url) in watched
    for seen in dataset.context.values():
        if seen.url:
            found = watched[seen.id, seen.url]
            assert set(found.phrases) == {report.phrase for report in seen.reports}
    assert {rate.url for rate in dataset.rates.values()} <= {url for _, url in watched}
    assert all(url.startswith(("http://", "https://")) for _, url in watched)


def command(checkout: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explainer", "sources", *options],
        env={**os.environ, "PYTHONPATH": str(checkout / "scripts"), "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_tells_people_and_programs_and_its_exit_code_says_how_bad(
    checkout: Path, base: str
) -> None:
    path = checkout / "data/sources.yml"
    text = path.read_text("utf-8")
    own = "https://www.jaynestars.com/news/netflix-increases-investment-in-south-korean-series/"

    def move_to(page: str) -> None:
        path.write_text(text.replace(own, f"{base}/{page}"), "utf-8")

    move_to("good")
    done = command(checkout, "--online", "--json", "jaynestars")
    assert (done.returncode, done.stderr) == (3, "")
    (place,) = json.loads(done.stdout)["places"]
    assert place["state"] == "drifted"
    assert "approximately $5 billion" in place["missing"]
    move_to("404")
    done = command(checkout, "--online", "jaynestars")
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.splitlines()[-1].startswith("0 alive, 0 drifted, 1 dead")
    move_to("403")
    done = command(checkout, "--online", "jaynestars")
    assert done.returncode == 0
    assert "cannot-tell" in done.stdout
    done = command(checkout, "nobody")
    assert (done.returncode, done.stdout) == (2, "")
    done = command(checkout)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith(" addresses")
