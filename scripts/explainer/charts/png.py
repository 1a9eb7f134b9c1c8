"""SVG to PNG with packaged fonts only, so that every machine makes the same bytes."""

import hashlib
import os
import signal
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread

import resvg_py

from explainer.files import write_file

_PACKAGED = (
    ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),
)
FONTS = [str(files(package).joinpath(name)) for package, name in _PACKAGED]
"""The paths of Noto Sans for Latin and Noto Sans SC for Chinese (SIL OFL 1.1)."""


def render_png(svg: str) -> bytes:
    """Render a picture at its own size."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=FONTS))


class PngRenderer:
    """Renders pictures on all processors while the build goes on.

    Those that an earlier build left in the folder ``cache`` are not rendered again. resvg holds
    Python's lock while it draws, so that threads would not help.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._executor = ProcessPoolExecutor(initializer=_start_worker)
        self._files: dict[str, Path] = {}
        self._running: list[Future[None]] = []

    def add(self, name: str, svg: str) -> None:
        """Begin to render a picture, unless the cache holds it."""
        key = "\0".join((svg, *FONTS))
        file = self._cache / f"{hashlib.sha256(key.encode()).hexdigest()}.png"
        self._files[name] = file
        if not file.is_file():
            self._running.append(self._executor.submit(_render_file, svg, file))

    def finish(self) -> Mapping[str, Path]:
        """Wait for every picture; returns its file by its name."""
        for rendering in self._running:
            rendering.result()
        self.stop()
        return self._files

    def stop(self) -> None:
        """Render nothing more, and end the workers."""
        self._executor.shutdown(cancel_futures=True)


def _render_file(svg: str, file: Path) -> None:
    write_file(file, render_png(svg), durable=False)


def _start_worker() -> None:
    """Leave signals to the build, and end with it when it is killed; it would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = parent_process()
    assert parent is not None, "runs in a worker"

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()
