"""``mkdocs serve`` as the preview: an edit is shown, bad data is reported and nothing dies."""

import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.commands import end, environment, replace, wait_for
from tests.serving import free_port


def fetch(address: str) -> str:
    """A page; the preview answers when it has built."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode("utf-8"))


@pytest.fixture
def log(checkout: Path) -> Path:
    """What ``mkdocs serve`` writes on the terminal."""
    return checkout / "serve.log"


@pytest.fixture
def served(checkout: Path, log: Path) -> Iterator[str]:
    """The address of ``mkdocs serve`` on a copied checkout."""
    address = f"127.0.0.1:{free_port()}"
    with log.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
            cwd=checkout,
            env=environment(checkout, SITE_URL=f"http://{address}/"),
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    yield f"http://{address}/"
    end(server, signal.SIGTERM)


def test_edits_are_shown_and_bad_data_is_reported_until_it_is_repaired(
    checkout: Path, served: str, log: Path
) -> None:
    wait_for(lambda: "跳到正文" in fetch(f"{served}zh/"), 60)
    replace(checkout / "docs/en/money.md", "{ #unknown }", "rewritten { #unknown }")
    wait_for(lambda: "rewritten</h2>" in fetch(f"{served}money/"), 60)
    strings = checkout / "data/interface.yml"
    replace(strings, "跳到正文", "直达正文")
    wait_for(lambda: "直达正文" in fetch(f"{served}zh/"), 60)
    replace(checkout / "overrides/main.html", '<main class="', '<main class="edited ')
    wait_for(lambda: '<main class="edited ' in fetch(f"{served}zh/"), 60)

    replace(strings, 'zh: "直达正文"', "zh: no")
    replace(strings, 'zh: "复制"', "zh: yes")
    wait_for(lambda: "found «no»" in log.read_text("utf-8"), 60)
    assert "found «yes»" in log.read_text("utf-8")
    assert "直达正文" in fetch(f"{served}zh/")
    replace(strings, "zh: no", 'zh: "跳过导航"')
    replace(strings, "zh: yes", 'zh: "复制"')
    wait_for(lambda: "跳过导航" in fetch(f"{served}zh/"), 60)
