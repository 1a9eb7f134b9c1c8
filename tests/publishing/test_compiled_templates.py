"""Templates that were compiled before give what they would give anew, or are compiled anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateSyntaxError

from explainer.site import templates
from explainer.site.templates import COMPILED, compile_ahead, spoken_environment, spoken_templates

WORDS = "{{ n }} of {{ all }}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The templates of a checkout: one."""
    made = tmp_path / "scripts" / "templates"
    made.mkdir(parents=True)
    (made / "count.md.j2").write_text(WORDS, "utf-8")
    return made


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates that are compiled during a test."""
    names: list[str | None] = []
    compiling: Callable[..., str] = Environment._generate

    def noted(
        self: Environment, source: object, name: str | None, *rest: object, **named: object
    ) -> str:
        names.append(name)
        return compiling(self, source, name, *rest, **named)

    monkeypatch.setattr(Environment, "_generate", noted)
    return names


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where compiled templates wait."""
    return tmp_path / COMPILED


def said(folder: Path) -> str:
    """What the template says, read by an environment of its own, as each build has."""
    jinja = spoken_environment(folder)
    return jinja.get_template("count.md.j2").render(n="<1>", all=2)


def test_a_template_is_compiled_once(folder: Path, compiled: list[str | None]) -> None:
    assert [said(folder) for _ in range(3)] == ["&#60;1&#62; of 2"] * 3
    assert compiled == ["count.md.j2"]


def test_a_changed_template_is_compiled_anew(
    folder: Path, kept: Path, compiled: list[str | None]
) -> None:
    said(folder)
    (folder / "count.md.j2").write_text(f"{WORDS}!", "utf-8")
    assert said(folder) == "&#60;1&#62; of 2!"
    assert len(compiled) == 2
    assert len([*kept.iterdir()]) == 1


def test_all_are_compiled_anew_when_what_compiles_them_changes(
    folder: Path, compiled: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(folder)
    monkeypatch.setattr(templates, "_GENERATOR", "another")
    said(folder)
    assert len(compiled) == 2


def test_what_was_cut_short_is_compiled_anew(
    folder: Path, kept: Path, compiled: list[str | None]
) -> None:
    before = said(folder)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    sizes = range(0, len(whole), 7)
    for size in sizes:
        file.write_bytes(whole[:size])
        assert [said(folder), said(folder)] == [before] * 2
    assert len(compiled) == 1 + len(sizes)


def test_nothing_has_to_wait(folder: Path, kept: Path, compiled: list[str | None]) -> None:
    before = said(folder)
    shutil.rmtree(kept.parent)
    assert said(folder) == before
    shutil.rmtree(kept.parent)
    kept.parent.write_text("a file where the folder must be", "utf-8")
    assert [said(folder), said(folder)] == [before] * 2
    assert len(compiled) == 4


def test_what_is_compiled_ahead_is_what_pages_are_made_of(
    folder: Path, kept: Path, compiled: list[str | None]
) -> None:
    parts = folder / "parts"
    parts.mkdir()
    (parts / "marks.html.j2").write_text("a part", "utf-8")
    (folder / "frame.html.j2").write_text("of no language", "utf-8")
    (folder / "bad.md.j2").write_text("{% if %}", "utf-8")
    compile_ahead(spoken_templates(folder), folder)
    assert {"count.md.j2", "parts/marks.html.j2"} <= {*compiled}
    assert "frame.html.j2" not in compiled
    assert len([*kept.iterdir()]) == 2
    done = len(compiled)
    assert said(folder) == "&#60;1&#62; of 2"
    assert len(compiled) == done
    with pytest.raises(TemplateSyntaxError):
        spoken_environment(folder).get_template("bad.md.j2")
