"""Sources online: what became of a page, from answers of a mocked transport."""

import gzip
import json
from collections.abc import Callable, Iterator

import httpx
import pytest

import check_sources
from check_sources import Address, check_address, list_addresses, make_client, missing_phrases
from explainer.data import Dataset

FILLING = "".join(
    f"<p>A long article about {what} and the people who pay for them.</p>"
    for what in ("series", "studios", "stages", "writers", "networks", "audiences")
)
PAGE = f"<html><body><h1>A title</h1><p>It paid <b>$700</b> million.</p>{FILLING}</body>"
WITHOUT = PAGE.replace("<b>$700</b> million", "it")
PHRASE = "$700 million"
Handler = Callable[[httpx.Request], httpx.Response]


def answer(body: str | bytes = PAGE, status: int = 200, **headers: str) -> Handler:
    content = body if isinstance(body, bytes) else body.encode()
    fields = {"Content-Type": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return lambda _: httpx.Response(status, headers=fields, content=content)


def fail(error: Exception) -> Handler:
    def handle(_: httpx.Request) -> httpx.Response:
        raise error

    return handle


def broken_off(body: str) -> Handler:
    def chunks() -> Iterator[bytes]:
        yield body.encode()
        raise httpx.RemoteProtocolError("peer closed connection")

    return lambda _: httpx.Response(200, content=chunks())


def redirect_once(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/new":
        return answer()(request)
    return httpx.Response(302, headers={"Location": "/new"})


def check(handler: Handler, *phrases: str, seen: bool = True) -> check_sources.Result:
    address = Address("it", "https://site.example/page", phrases or (PHRASE,), seen)
    with make_client("test", httpx.MockTransport(handler)) as client:
        return check_address(address, client)


@pytest.mark.parametrize(
    ("handler", "state"),
    [
        (answer(), "alive"),
        (answer(PAGE.replace("<b>$700</b> ", "＄700\u00a0")), "alive"),
        (redirect_once, "alive"),
        (answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip"), "alive"),
        (broken_off(PAGE), "alive"),
        (answer(PAGE.replace("$700", "$1,700")), "drifted"),
        (answer(WITHOUT + f"<!-- {PHRASE} --><script>{PHRASE}</script>"), "drifted"),
        (answer(status=404), "dead"),
        (answer(status=410), "dead"),
        (answer(status=302, Location="/page"), "dead"),
        (answer(status=302, Location="file:///etc/passwd"), "dead"),
        (answer(Content_Encoding="gzip"), "dead"),
        (fail(httpx.ConnectError("refused")), "dead"),
        (fail(httpx.ReadTimeout("slow")), "unclear"),
        (answer(status=403), "unclear"),
        (answer(status=503), "unclear"),
        (answer(b"%PDF-1.7", Content_Type="application/pdf"), "unclear"),
        (answer("<html><body><div id=app></div><script>1</script>"), "unclear"),
        (answer(WITHOUT + " " * check_sources.MAX_BYTES), "unclear"),
        (broken_off(WITHOUT), "unclear"),
    ],
)
def test_an_answer_gives_the_state(handler: Handler, state: str) -> None:
    result = check(handler)
    assert result.state == state, result
    assert result.detail
    assert result.missing == (PHRASE,) or state != "drifted"


def test_a_slow_body_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_sources, "MAX_SECONDS", -1.0)
    assert check(answer(WITHOUT)).detail == "could not be read to its end"


def test_a_drifted_page_names_the_missing_phrases() -> None:
    assert check(answer(), PHRASE, "16,000 jobs", "A TITLE").missing == ("16,000 jobs",)


def test_a_page_in_a_korean_encoding_is_read() -> None:
    page = f'<meta charset="euc-kr"><p>일자리는 약 1만 6천 명이었다.</p>{FILLING}'
    assert check(answer(page.encode("euc-kr")), "약 1만 6천 명").state == "alive"


def test_a_phrase_that_nobody_saw_proves_nothing() -> None:
    assert check(answer(WITHOUT), seen=False).state == "unclear"


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
        ("nine-episode", "the nine\u2011episode series", True),
        ("US$700m", "us$700 million", False),
        ("won", "wondered", False),
    ],
)
def test_phrases_match_in_any_spacing_but_not_inside_others(
    phrase: str, text: str, stands: bool
) -> None:
    assert missing_phrases([phrase], text) == (() if stands else (phrase,))


def test_every_address_of_the_data_is_listed(dataset: Dataset) -> None:
    listed = {(address.source, address.url): address for address in list_addresses(dataset)}
    for source in dataset.sources.values():
        for url in filter(None, (source.url, source.archived_url)):
            assert (source.id, url) in listed
    for context in dataset.context.values():
        if context.url:
            phrases = {report.phrase for report in context.reports}
            assert set(listed[context.id, context.url].phrases) == phrases
    assert {rate.url for rate in dataset.rates.values()} <= {url for _, url in listed}


@pytest.mark.parametrize(
    ("handler", "code"),
    [(answer(), 3), (answer(status=403), 0), (fail(httpx.ConnectError("no network")), 4)],
)
def test_the_exit_code_says_how_bad(
    handler: Handler, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    agents = set()

    def handle(request: httpx.Request) -> httpx.Response:
        agents.add(request.headers["User-Agent"])
        return handler(request)

    transport = httpx.MockTransport(handle)
    assert (
        check_sources.main(["--online", "--json", "jaynestars", "bloter-2022-01"], transport)
        == code
    )
    assert pauses and set(pauses) == {1.0}
    assert all("(+https://" in agent for agent in agents)
    if code != 4:
        results = json.loads(capsys.readouterr().out)
        assert {"drifted" if code == 3 else "unclear"} == {one["state"] for one in results}


def test_without_online_addresses_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_sources.main(["nobody"]) == 2
    assert check_sources.main(["jaynestars"]) == 0
    assert "6 phrases  https://www.jaynestars.com/" in capsys.readouterr().out
