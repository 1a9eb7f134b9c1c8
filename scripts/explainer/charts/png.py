"""SVG to PNG with packaged fonts only, so that every machine makes the same bytes."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.resources import files
from multiprocessing import parent_process
from threading import Thread

import resvg_py

_PACKAGED = (
    ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),
)
_FEW = 8
"""Pictures that one process has rendered before others would have started."""


@cache
def font_files() -> tuple[str, ...]:
    """Return the paths of Noto Sans for Latin and Noto Sans SC for Chinese (SIL OFL 1.1)."""
    return tuple(str(files(package).joinpath(name)) for package, name in _PACKAGED)


def render_png(svg: str) -> bytes:
    """Render a picture at its own size."""
    fonts = list(font_files())
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts))


def _end_with_parent() -> None:
    """End this worker when the build that started it is killed; it would wait for ever."""
    parent = parent_process()
    assert parent is not None, "runs in a worker"

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def render_pngs(svgs: Sequence[str]) -> Iterator[bytes]:
    """Render pictures in their order, on all processors.

    resvg holds Python's lock while it draws, so that threads would not help.
    """
    if len(svgs) < _FEW or os.cpu_count() == 1:
        yield from map(render_png, svgs)
        return
    executor = ProcessPoolExecutor(initializer=_end_with_parent)
    try:
        yield from executor.map(render_png, svgs, chunksize=4)
    finally:
        executor.shutdown(cancel_futures=True)
