"""SVG to PNG with packaged fonts only, so that every machine makes the same bytes."""

from functools import cache
from importlib.resources import files

import resvg_py

_PACKAGED = (
    ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),
)


@cache
def fonts() -> tuple[str, ...]:
    """The font files: Noto Sans for Latin, Noto Sans SC for Chinese (both SIL OFL 1.1)."""
    return tuple(str(files(package).joinpath(name)) for package, name in _PACKAGED)


def png(svg: str) -> bytes:
    """The picture at its own size."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=list(fonts()))
    )
