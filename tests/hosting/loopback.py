"""A real nginx on loopback, for the finished site and for any other folder."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tool(name: str) -> str:
    """The path of a tool that the checks need. Raises ``AssertionError`` where there is none."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import find_tools

    path = find_tools.find(name)
    assert path, f"no {name.lower()}; `make test` installs one or says how"
    return path


@contextlib.contextmanager
def running(room: Path, configuration: str, address: str) -> Iterator[None]:
    """nginx with a configuration for its ``http`` block, until the end of the ``with``.

    ``room`` is a folder for its own files; it is ready when ``address`` answers.
    """
    temporary = "".join(f"{kind}_temp_path {room}/{kind};\n" for kind in _KINDS)
    user = "user root;\n" if os.geteuid() == 0 else ""
    (room / "nginx.conf").write_text(
        f"{user}daemon off;\npid {room}/pid;\nerror_log {room}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{configuration}}}\n",
        "utf-8",
    )
    server = subprocess.Popen(
        [tool("NGINX"), "-p", str(room), "-c", str(room / "nginx.conf"), "-e", f"{room}/error.log"]
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(address).close()
                break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait()
