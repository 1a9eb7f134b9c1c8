"""What is published of style sheets, scripts and pictures, and under which names."""

import re
from pathlib import Path

import pytest
from tests.building.test_building import run

from explainer.site.assets import AssetError, Assets, published
from explainer.site.scripts import named_in
from explainer.site.styles import used
from explainer.site.vocabulary import Vocabulary

SHEET = "assets/css/site.css"
SOURCES = {
    SHEET: b".brand { color: red; }",
    "assets/css/late.css": b".card { color: blue; }",
    "assets/img/icon.svg": b"<svg/>",
    "assets/js/start.js": b'import("./helps.js")',
    "assets/js/helps.js": b'import { one } from "./deep/dom.js"\nimport("./late.js")',
    "assets/js/late.js": b'import "./deep/dom.js"\nnew URL("../css/late.css", import.meta.url)',
    "assets/js/deep/dom.js": b"export const one = 1",
    "assets/js/apart.js": b"alone",
}
TEMPLATE = '<p class="brand md-typeset"><ul><li>x</li></ul><details open><summary>'


def made(changed: dict[str, bytes] | None = None, theme: str = "") -> Assets:
    return published({**SOURCES, **(changed or {})}, theme, [TEMPLATE])


def test_a_name_tells_the_content_and_nothing_else() -> None:
    assets = made()
    assert assets.paths.keys() == SOURCES.keys()
    for name, path in assets.paths.items():
        stem, _, ending = name.rpartition(".")
        assert re.fullmatch(rf"{re.escape(stem)}\.[0-9a-f]{{8}}\.{ending}", path)
    assert assets == made()
    assert assets == published(dict(reversed(SOURCES.items())), "", [TEMPLATE])


def test_a_changed_file_changes_its_name_and_those_of_all_that_name_it() -> None:
    before = made().paths
    after = made({"assets/js/deep/dom.js": b"export const one = 2"}).paths
    assert {name for name in before if before[name] != after[name]} == {
        f"assets/js/{name}.js" for name in ("start", "helps", "late", "deep/dom")
    }
    after = made({"assets/css/late.css": b".card { color: green; }"}).paths
    assert {name for name in before if before[name] != after[name]} == {
        "assets/css/late.css",
        *(f"assets/js/{name}.js" for name in ("start", "helps", "late")),
    }


def test_every_name_in_a_script_leads_to_a_published_file() -> None:
    assets = made()
    seen = 0
    for path, content in assets.files.items():
        if path.endswith(".js"):
            named = named_in(path, content.decode())
            assert named <= assets.files.keys()
            seen += len(named)
    assert seen == 5


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("assets/js/apart.js", b'import "./none.js"', "assets/js/apart.js names assets/js/none.js"),
        ("assets/js/deep/dom.js", b'import "../helps.js"', "name each other in a circle"),
        (SHEET, b".a { color: red } }", f"{SHEET}: line 1, column 19"),
        ("assets/css/late.css", b"\n}", "assets/css/late.css: line 2, column 1"),
    ],
)
def test_assets_that_cannot_be_published_are_told_in_one_line(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(AssetError) as error:
        made({name: content})
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_a_frame_names_must_be_there() -> None:
    with pytest.raises(AssetError, match=r"none\.css, which is not there"):
        made().at("assets/css/none.css")


def test_a_build_with_broken_assets_is_refused_and_tells_why(checkout: Path) -> None:
    script = checkout / "docs/assets/js/dom.js"
    script.write_text(f'{script.read_text("utf-8")}\nimport "./none.js"\n', "utf-8")
    failed = run(checkout, "-m", "explainer", "build")
    assert (failed.returncode, failed.stderr) == (
        2,
        "assets/js/dom.js names assets/js/none.js, which is not there\n",
    )
    assert not (checkout / "site").exists()
    (checkout / "docs/assets/css/late.css").unlink()
    script.write_text("", "utf-8")
    (checkout / "docs/assets/css/embed.css").unlink()
    failed = run(checkout, "-m", "explainer", "build")
    assert failed.returncode == 2
    assert failed.stderr == ("a page's frame names assets/css/embed.css, which is not there\n")


WORDS = Vocabulary.of([TEMPLATE], ['document.createElement("div")', 'x.className = "peek-row"'])


@pytest.mark.parametrize(
    ("theme", "own", "left"),
    [
        (".md-typeset ul{margin:1em}", "", ".md-typeset ul{margin:1em}"),
        (".md-nav ul{margin:1em}", "", ""),
        (".md-nav ul{margin:1em!important}", "", ""),
        (".md-nav,.brand{margin:0}", "", ".brand{margin:0}"),
        (".peek-row div{margin:0}", "", ".peek-row div{margin:0}"),
        ("video{margin:0}", "", ""),
        ("[hidden]{margin:0}details[open]{margin:0}", "", "details[open]{margin:0}"),
        (":is(.md-nav,.brand) li{margin:0}", "", ":is(.md-nav,.brand) li{margin:0}"),
        ("li:not(.md-nav){margin:0}", "", "li:not(.md-nav){margin:0}"),
        ("li::-moz-marker{margin:0}#x{margin:0}", "", ""),
        ("@media print{.md-nav{margin:0}}", "", ""),
        ("@media print{.brand{margin:0}}", "", "@media print{.brand{margin:0}}"),
        ("@font-face{src:url(x)}@keyframes x{to{top:0}}", "", ""),
        ("li{-webkit-mask:none;mask:none}", "", "li{mask:none}"),
        (
            "li{-webkit-text-size-adjust:none;text-size-adjust:none}",
            "",
            "li{-webkit-text-size-adjust:none;text-size-adjust:none}",
        ),
        (
            ":root{--a:var(--b);--b:1;--c:2}li{top:var(--a)}",
            "",
            ":root{--a:var(--b);--b:1}li{top:var(--a)}",
        ),
        (":root{--a:1}", "li{top:var(--a)}", ":root{--a:1}li{top:var(--a)}"),
        ("li{margin-top:1px;color:red}", "li { margin: 0; }", "li{color:red}li{margin:0}"),
        ("li{border-radius:1px;border-top:0}", "li{border:0}", "li{border-radius:1px}li{border:0}"),
        ("li,p{color:red}", "li{color:blue}", "li,p{color:red}li{color:blue}"),
        ("li{color:red!important}", "li{color:blue}", "li{color:red!important}li{color:blue}"),
        (
            "li{color:red}",
            "@media print{li{color:blue}}",
            "li{color:red}@media print{li{color:blue}}",
        ),
        ("summary:after{top:1px}", "summary::after{display:none}", "summary::after{display:none}"),
        ("", "p > li , ul { margin : 0 , calc(1px + 2px) ; }", "p>li,ul{margin:0,calc(1px + 2px)}"),
        ("", 'li::before { content: "a  , b"; }', 'li::before{content:"a  , b"}'),
    ],
)
def test_of_the_theme_stays_what_can_show(theme: str, own: str, left: str) -> None:
    assert used(theme, own, WORDS) == left
