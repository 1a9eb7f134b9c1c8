"""One look at one address: bounded in time, size and redirects, and never but by http or https."""

import errno
import queue
import socket
import threading
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import quote, urljoin, urlsplit

SCHEMES = ("http", "https")
_CHUNK = 65_536
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one look may take in seconds, how many bytes are read, how many redirects."""

    seconds: float = 20
    size: int = 5_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said in the end. ``whole`` is false where the body was cut, at the limit or by
    the server."""

    url: str
    status: int
    type: str
    charset: str | None
    body: bytes
    whole: bool = True


class Unanswered(Exception):
    """No answer that counts; the message says why in a few words."""


class Refused(Unanswered):
    """A way that is not gone: to another scheme, or round and round."""


class TooSlow(Unanswered):
    """The time was up."""


class NoWay(Unanswered):
    """The host could not even be found or reached: its end, or that of our own network."""


def _opener() -> urllib.request.OpenerDirector:
    """Knows http and https and the proxies of the environment, and nothing else.

    It follows no redirect and raises for no status: each answer comes back as it is.
    """
    opener = urllib.request.OpenerDirector()
    opener.add_handler(urllib.request.ProxyHandler())
    opener.add_handler(urllib.request.HTTPHandler())
    opener.add_handler(urllib.request.HTTPSHandler())
    return opener


def fetch(url: str, agent: str, limits: Limits) -> Answer:
    """Ask for ``url``, follow its redirects, read the body. Raises :class:`Unanswered`.

    The look runs in a thread of its own: whatever keeps it, a name server or a byte a minute, the
    time limit holds.
    """
    done: queue.SimpleQueue[Answer | Unanswered] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put(_followed(url, agent, limits))
        except Unanswered as error:
            done.put(error)
        except Exception as error:  # a server may say what no library expects
            done.put(Unanswered(_words(error)))

    threading.Thread(target=run, daemon=True).start()
    try:
        found = done.get(timeout=limits.seconds)
    except queue.Empty:
        raise TooSlow(f"no whole answer within {limits.seconds:g} seconds") from None
    if isinstance(found, Unanswered):
        raise found
    return found


def _followed(url: str, agent: str, limits: Limits) -> Answer:
    opener = _opener()
    for _ in range(limits.redirects + 1):
        if urlsplit(url).scheme not in SCHEMES:
            raise Refused(f"leads to {urlsplit(url).scheme or 'no scheme'}:, which is not followed")
        response = _asked(opener, url, agent, limits)
        with response:
            there = response.headers.get("Location")
            if response.status not in _MOVED or not there:
                return _read(response, url, limits)
        url = urljoin(url, quote(there, safe="%/:?#[]@!$&'()*+,;=~"))
    raise Refused(f"more than {limits.redirects} redirects")


def _asked(
    opener: urllib.request.OpenerDirector, url: str, agent: str, limits: Limits
) -> HTTPResponse:
    request = urllib.request.Request(
        quote(url, safe="%/:?#[]@!$&'()*+,;=~"),
        headers={
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
            "Accept-Encoding": "gzip",
        },
    )
    try:
        return opener.open(request, timeout=limits.seconds)  # type: ignore[no-any-return]
    except urllib.error.URLError as error:
        reason = error.reason if isinstance(error.reason, OSError) else error
        if isinstance(reason, TimeoutError):
            raise TooSlow("no connection in time") from None
        if isinstance(reason, socket.gaierror) or _is_far(reason):
            raise NoWay(_words(reason)) from None
        raise Unanswered(_words(reason)) from None
    except (HTTPException, OSError, ValueError) as error:
        raise Unanswered(_words(error)) from None


def _is_far(error: BaseException) -> bool:
    away = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)
    return getattr(error, "errno", None) in away


def _read(response: HTTPResponse, url: str, limits: Limits) -> Answer:
    """The body, unpacked as it comes and cut at the limit, so that no archive can swell."""
    unpack = (
        zlib.decompressobj(wbits=47)  # gzip or zlib, by its own header
        if response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip", "deflate")
        else None
    )
    body = bytearray()
    announced = response.headers.get("Content-Length", "")
    missing = int(announced) if announced.isascii() and announced.isdigit() else 0
    whole = True
    try:
        while chunk := response.read1(_CHUNK):
            missing -= len(chunk)
            room = limits.size - len(body) + 1
            body += unpack.decompress(chunk, room) if unpack else chunk
            if len(body) > limits.size:
                del body[limits.size :]
                whole = False
                break
    except zlib.error as error:
        raise Unanswered(f"a packed body that does not unpack ({error})") from None
    except (HTTPException, OSError) as error:
        raise Unanswered(f"the answer broke off ({_words(error)})") from None
    headers = response.headers
    kind, charset = headers.get_content_type(), headers.get_content_charset()
    return Answer(url, response.status, kind, charset, bytes(body), whole and missing <= 0)


def _words(error: BaseException) -> str:
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(said).split())[:120]
