"""Pages: pairs, addresses, anchors, and templates that cannot type a number."""

import re
import shutil
from pathlib import Path

import pytest

from explainer.data import DataErrors, Dataset
from explainer.data.errors import Code, DataError
from explainer.i18n import Localizer
from explainer.site import Tree, render
from explainer.site.templates import FOLDER, words_of
from explainer.urls import link

ADDRESS = "https://example.org/"


def texts(dataset: Dataset) -> dict[str, str]:
    return {page.path: text for page, text in render(dataset, ADDRESS)}


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "scripts" / "templates"))


def only_problem(dataset: Dataset, templates: Path) -> DataError:
    with pytest.raises(DataErrors) as caught:
        list(render(dataset, ADDRESS, templates))
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("here", "there", "anchor", "expected"),
    [
        ("index", "money", "", "money/"),
        ("money", "index", "", "../"),
        ("money", "figures/jobs-created", "answer", "../figures/jobs-created/#answer"),
        ("figures/jobs-created", "figures/economic-effect", "", "../economic-effect/"),
        ("figures/jobs-created", "figures/index", "", "../"),
        ("figures/jobs-created", "figures/jobs-created", "answer", "#answer"),
        ("index", "index", "", "./"),
    ],
)
def test_links_are_relative(here: str, there: str, anchor: str, expected: str) -> None:
    assert link(here, there, anchor) == expected


def test_every_page_has_its_pair_and_every_figure_its_page(dataset: Dataset) -> None:
    pages = texts(dataset)
    english = {name.removeprefix("en/") for name in pages if name.startswith("en/")}
    chinese = {name.removeprefix("zh/") for name in pages if name.startswith("zh/")}
    assert english == chinese
    assert {f"figures/{figure}.md" for figure in dataset.figures} <= english
    assert {"index.md", "money.md", "figures/index.md", "names.md", "method.md"} <= english


def test_the_first_use_of_a_figure_carries_its_anchor_once(dataset: Dataset) -> None:
    for name, text in texts(dataset).items():
        anchors = re.findall(r' id="(f-[a-z0-9-]+)"', text)
        assert len(anchors) == len(set(anchors)), name
    money = texts(dataset)["en/money.md"]
    assert 'id="f-korea-spend-five-years"' in money


def test_rendering_twice_gives_the_same_text(dataset: Dataset) -> None:
    assert texts(dataset) == texts(dataset)


def test_a_chinese_paragraph_stands_on_one_line(dataset: Dataset) -> None:
    for name, text in texts(dataset).items():
        if name.startswith("zh/"):
            assert not re.search(r"[一-鿿，。；：、”]\n[一-鿿“《]", text), name


def test_a_digit_typed_in_a_template_is_refused(dataset: Dataset, templates: Path) -> None:
    page = templates / "pages" / "money.zh.md.j2"
    page.write_text(page.read_text("utf-8").replace("连约数的", "连7700亿的"), "utf-8")
    problem = only_problem(dataset, templates)
    assert (problem.code, problem.found) == (Code.TYPED_DIGIT, "7700")
    assert problem.line > 10


def test_an_unknown_figure_in_a_template_is_refused_with_its_line(
    dataset: Dataset, templates: Path
) -> None:
    page = templates / "pages" / "money.en.md.j2"
    page.write_text(
        page.read_text("utf-8").replace("korea-plan-2021/english", "korea-plan/x"), "utf-8"
    )
    problem = only_problem(dataset, templates)
    assert problem.code is Code.UNKNOWN_REFERENCE
    assert "korea-plan/x" in problem.found
    assert problem.path.endswith("pages/money.en.md.j2")
    assert problem.line > 1


def test_a_broken_template_is_named_with_its_line(dataset: Dataset, templates: Path) -> None:
    page = templates / "pages" / "method.en.md.j2"
    page.write_text(page.read_text("utf-8") + "{% if %}\n", "utf-8")
    problem = only_problem(dataset, templates)
    assert problem.code is Code.BAD_TEMPLATE
    assert problem.line > 20


def test_a_dot_asks_for_what_is_there(dataset: Dataset, templates: Path) -> None:
    page = templates / "parts" / "strip.html.j2"
    page.write_text(
        page.read_text("utf-8").replace("strip.from_zero", "strip.from_nought"), "utf-8"
    )
    problem = only_problem(dataset, templates)
    assert problem.code is Code.BAD_TEMPLATE
    assert "from_nought" in problem.found
    assert problem.path.endswith("parts/strip.html.j2")
    assert "strip.from_nought" in page.read_text("utf-8").splitlines()[problem.line - 1]


def test_a_fault_of_ours_is_not_blamed_on_a_template(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(self: Localizer, claim: object) -> str:
        return str(claim.nothing)  # type: ignore[attr-defined]

    monkeypatch.setattr(Localizer, "format_claim", faulty)
    with pytest.raises(AttributeError, match="nothing"):
        list(render(dataset, ADDRESS))


def test_a_page_without_its_pair_is_refused(dataset: Dataset, templates: Path) -> None:
    (templates / "pages" / "money.zh.md.j2").unlink()
    with pytest.raises(DataErrors, match=r"money\.zh\.md\.j2 beside it"):
        list(render(dataset, ADDRESS, templates))


def test_shared_templates_and_the_frame_hold_no_words() -> None:
    """Words live in the data; a template that serves both languages has none of its own."""
    theme = Path(FOLDER).parents[1] / "overrides"
    shared = [p for p in FOLDER.rglob("*.j2") if p.parent.name != "pages"]
    assert len(shared) >= 5
    for path in [*shared, *theme.rglob("*.html")]:
        text = re.sub(r"(?m)^\w+:( true| \w+\.html)?", " ", words_of(path.read_text("utf-8")))
        assert not re.search(r"[^\W\d_]", text), f"{path.name}: {text.split()}"


def put(root: Path, files: dict[str, str]) -> int:
    with Tree(root, owned=("en",)) as tree:
        for name, text in files.items():
            tree.take(name, tree.prepared(name, text.encode()))
    return tree.changes


def test_writing_again_touches_nothing(tmp_path: Path) -> None:
    files = {"en/a.md": "a\n", "en/b/c.md": "c\n"}
    assert put(tmp_path, files) == 2
    before = (tmp_path / "en/a.md").stat().st_mtime_ns
    assert put(tmp_path, files) == 0
    assert (tmp_path / "en/a.md").stat().st_mtime_ns == before


def test_writing_removes_what_is_no_longer_rendered(tmp_path: Path) -> None:
    put(tmp_path, {"en/a.md": "a\n", "en/b/c.md": "c\n"})
    (tmp_path / "kept.md").write_text("x")
    put(tmp_path, {"en/a.md": "a\n"})
    left = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*"))
    assert left == ["en", "en/a.md", "kept.md"]


def test_writing_that_fails_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    put(tmp_path, {"en/a.md": "a\n", "en/b.md": "b\n"})
    with pytest.raises(DataErrors), Tree(tmp_path, owned=("en",)) as tree:
        tree.take("en/a.md", tree.prepared("en/a.md", b"another\n"))
        tree.take("en/c.md", tree.prepared("en/c.md", b"new\n"))
        raise DataErrors([])
    left = {p.name: p.read_text() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == {"a.md": "a\n", "b.md": "b\n"}
