"""Templates that were compiled before give what they would give anew, or are compiled anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment

from explainer.publishing import templates
from explainer.publishing.templates import Compiled, spoken_environment

WORDS = "{{ n }} of {{ all }}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Templates: one of one word."""
    made = tmp_path / "templates"
    made.mkdir()
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


def said(folder: Path, kept: Path) -> str:
    """What the template says, read by an environment of its own, as each build has."""
    jinja = spoken_environment(folder, Compiled(kept))
    return jinja.get_template("count.md.j2").render(n="<1>", all=2)


def test_a_template_is_compiled_once(
    folder: Path, tmp_path: Path, compiled: list[str | None]
) -> None:
    assert [said(folder, tmp_path / "kept") for _ in range(3)] == ["&#60;1&#62; of 2"] * 3
    assert compiled == ["count.md.j2"]


def test_a_changed_template_is_compiled_anew(
    folder: Path, tmp_path: Path, compiled: list[str | None]
) -> None:
    said(folder, tmp_path / "kept")
    (folder / "count.md.j2").write_text(f"{WORDS}!", "utf-8")
    assert said(folder, tmp_path / "kept") == "&#60;1&#62; of 2!"
    assert len(compiled) == 2
    assert len([*(tmp_path / "kept").iterdir()]) == 1


def test_all_are_compiled_anew_when_what_compiles_them_changes(
    folder: Path, tmp_path: Path, compiled: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(folder, tmp_path / "kept")
    monkeypatch.setattr(templates, "_GENERATOR", "another")
    said(folder, tmp_path / "kept")
    assert len(compiled) == 2


def test_what_was_cut_short_is_compiled_anew(
    folder: Path, tmp_path: Path, compiled: list[str | None]
) -> None:
    before = said(folder, tmp_path / "kept")
    (file,) = (tmp_path / "kept").iterdir()
    whole = file.read_bytes()
    sizes = range(0, len(whole), 7)
    for size in sizes:
        file.write_bytes(whole[:size])
        assert said(folder, tmp_path / "kept") == before
        assert file.read_bytes() == whole
    assert len(compiled) == 1 + len(sizes)


def test_without_a_folder_nothing_is_kept(folder: Path, compiled: list[str | None]) -> None:
    for _ in range(2):
        spoken_environment(folder).get_template("count.md.j2")
    assert len(compiled) == 2
