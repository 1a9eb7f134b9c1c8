"""Sources online: what became of a page, from answers of a mocked transport."""

import gzip
from collections.abc import Callable, Iterator

import httpx
import pytest

import check_sources
from check_sources import Address, check_address, is_in, list_addresses, make_client
from explainer.data import Dataset

PAGE = f"<body><p>It paid <b>$700</b> million.</p>{'<p>An article about studios.</p>' * 20}</body>"
WITHOUT = PAGE.replace("<b>$700</b> million", "it")
PHRASE = "$700 million"
CUT = httpx.RemoteProtocolError("peer closed connection")
Captured = pytest.CaptureFixture[str]
Handler = Callable[[httpx.Request], httpx.Response]


def answer(body: str | bytes = PAGE, status: int = 200, **headers: str) -> Handler:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx.Response(status, headers=fields, content=body)


def fail(error: Exception, body: str = "") -> Handler:
    """Break off with an error after ``body``."""

    def chunks() -> Iterator[bytes]:
        yield body.encode()
        raise error

    return lambda _: httpx.Response(200, content=chunks())


def redirect_once(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/new":
        return answer()(request)
    return httpx.Response(302, headers={"Location": "/new"})


def check(handler: Handler) -> check_sources.Result:
    address = Address("it", "https://site.example/page", (PHRASE,))
    with make_client("test", httpx.MockTransport(handler)) as client:
        return check_address(address, client)


@pytest.mark.parametrize(
    ("handler", "state"),
    [
        (answer(), "alive"),
        (answer(PAGE.replace("<b>$700</b> ", "＄700\u00a0")), "alive"),
        (redirect_once, "alive"),
        (answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip"), "alive"),
        (fail(CUT, PAGE), "alive"),
        (answer(PAGE.replace("$700", "$1,700")), "drifted"),
        (answer(WITHOUT + f"<!-- {PHRASE} --><script>{PHRASE}</script>"), "drifted"),
        (answer(status=404), "dead"),
        (answer(status=302, Location="/page"), "dead"),
        (answer(status=302, Location="file:///etc/passwd"), "dead"),
        (answer(Content_Encoding="gzip"), "dead"),
        (fail(httpx.ConnectError("refused")), "dead"),
        (fail(httpx.ReadTimeout("slow")), "unclear"),
        (answer(status=403), "unclear"),
        (answer(b"%PDF-1.7", Content_Type="application/pdf"), "unclear"),
        (answer("<html><body><div id=app></div><script>1</script>"), "unclear"),
        (answer(WITHOUT + " " * check_sources.MAX_BYTES), "unclear"),
        (fail(CUT, WITHOUT), "unclear"),
    ],
)
def test_an_answer_gives_the_state(handler: Handler, state: str) -> None:
    result = check(handler)
    assert result.state == state, result
    assert result.detail
    assert result.missing == ((PHRASE,) if state == "drifted" else ())


def test_a_slow_page_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_sources, "MAX_SECONDS", -1.0)
    assert check(answer(WITHOUT)).detail == "could not be read to its end"


def test_a_page_in_a_korean_encoding_is_read() -> None:
    page = '<meta charset="euc-kr"><p>일자리는 약 1만 6천 명이었다.</p>'
    assert is_in("약 1만 6천 명", check_sources.extract_text(page.encode("euc-kr")))


@pytest.mark.parametrize(
    ("phrase", "text", "stands"),
    [
        ("80", "in 1980", False),
        ("80", "80.", True),
        ("5.6 trillion won", "5.6\u00a0trillion  won", True),
        ("5.6 trillion won", "15.6 trillion won", False),
        ("7700 多亿韩元", "投资了7700多亿韩元", True),
        ("nine-episode", "the nine\u2011episode series", True),
        ("won", "wondered", False),
    ],
)
def test_phrases_match_in_any_spacing_but_not_inside_others(
    phrase: str, text: str, stands: bool
) -> None:
    assert is_in(phrase, text) == stands


def test_every_address_of_the_data_is_listed(dataset: Dataset, capsys: Captured) -> None:
    listed = {(one.source, one.url) for one in list_addresses(dataset)}
    sources = [(s.id, s.url, s.archived_url) for s in dataset.sources.values()]
    sources += [(s.id, s.url, s.archived_url) for s in dataset.context.values()]
    assert {(source, url) for source, *urls in sources for url in urls if url} <= listed
    assert {rate.url for rate in dataset.rates.values()} <= {url for _, url in listed}
    assert check_sources.main([]) == 0
    assert "6 phrases  https://www.jaynestars.com/" in capsys.readouterr().out


@pytest.mark.parametrize(("status", "code", "state"), [(200, 3, "drifted"), (403, 0, "unclear")])
def test_the_exit_code_says_how_bad(
    status: int, code: int, state: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)

    def handle(request: httpx.Request) -> httpx.Response:
        assert "(+https://" in request.headers["User-Agent"]
        return answer(status=status)(request)

    assert check_sources.main(["--online"], httpx.MockTransport(handle)) == code
    assert set(pauses) == {1.0}
    assert f"{state:<8} jaynestars" in capsys.readouterr().out
