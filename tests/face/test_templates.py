"""What holds for every template, whoever writes it."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode

from dashboard.icons import ICONS

ROOT = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
COMPONENTS = sorted(path for path in PAGES if path.startswith("components/"))
# Read by the PDF maker and never by a browser; their style sheet is part of the document.
ON_PAPER = "documents/"
FRONT = ROOT.parent / "var" / "front"
OWN_STYLE_OR_SCRIPT = (
    r"\sstyle=|<style|\son(?:click|change|submit|load|input|key\w+)=|javascript:|hx-on"
)
DJANGOS = "admin/"  # extend pages that Django brings
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)


def source(path: str) -> str:
    return (ROOT / path).read_text()


def markup(path: str) -> str:
    """The template without its comments."""
    return COMMENT.sub("", source(path))


@pytest.mark.parametrize("path", PAGES)
def test_it_compiles(path):
    get_template(path)


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith(ON_PAPER)])
def test_it_has_no_style_or_script_of_its_own(path):
    """The content security policy would stop it, and the page would look broken."""
    found = re.findall(OWN_STYLE_OR_SCRIPT, markup(path))
    scripts = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", markup(path))

    assert found + scripts == []


@pytest.mark.parametrize("path", PAGES)
def test_it_fetches_nothing_from_elsewhere(path):
    fetched = re.findall(r"(?:src|action|<link[^>]*href)=\"(?:https?:)?//[^\"]*", markup(path))

    assert fetched == []


@pytest.mark.parametrize("path", COMPONENTS)
def test_a_component_begins_with_what_it_is_and_its_variables(path):
    comment = COMMENT.match(source(path))

    assert comment is not None
    assert re.search(r"[Vv]ariables[,:.]", comment[0])


@pytest.mark.parametrize("path", COMPONENTS)
def test_a_component_is_used(path):
    everything = [markup(page) for page in PAGES if page != path]
    tags = (ROOT.parent / "dashboard" / "templatetags" / "components.py").read_text()

    assert any(f'"{path}"' in text for text in [*everything, tags])


@pytest.mark.parametrize("path", PAGES)
def test_its_icons_exist(path):
    drawn = set(re.findall(r'{% icon "([^"]+)"', markup(path)))
    drawn |= set(re.findall(r'icon_name="([^"]+)"', markup(path)))

    assert drawn - set(ICONS) == set()


def test_each_class_has_a_style():
    """A misspelt class is a page that looks almost right."""
    styles = [*(ROOT.parent / "static").glob("*.css"), *FRONT.rglob("bootstrap.min.css")]
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", "".join(path.read_text() for path in styles)))
    used = {
        (name, path)
        for path in PAGES
        if not path.startswith((ON_PAPER, DJANGOS))
        for name in classes(path)
    }

    assert {(name, path) for name, path in used if name not in known} == set()


def classes(path: str) -> set[str]:
    """The class names in a template, but for those that a variable is part of."""
    plain = re.sub(r"{{.*?}}", "§", re.sub(r"{%.*?%}", " ", markup(path)))
    names = " ".join(re.findall(r'class="([^"]*)"', plain)).split()
    return {name for name in names if "§" not in name}


def test_the_base_explains_each_of_its_blocks():
    blocks = set(re.findall(r"{% block (\w+) %}", markup("base.html")))
    comment = COMMENT.match(source("base.html"))[0]
    explained = set(re.findall(r"^  (\w+) {2,}", comment, re.MULTILINE)) | {"page_class"}

    assert explained == blocks


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith(DJANGOS)])
def test_it_fills_only_blocks_that_its_base_has(path):
    """Django drops the content of a block with a misspelt name, without a word."""
    own, inherited = blocks_filled(path), set()
    while base := re.search(r'{% extends "([^"]+)" %}', source(path)):
        path = base[1]
        inherited |= set(re.findall(r"{% block (\w+) %}", markup(path)))

    assert own - inherited == set()


def blocks_filled(path: str) -> set[str]:
    """The blocks at the top of a template that extends another; blocks within them are its own."""
    first = get_template(path).template.nodelist[0]
    if not isinstance(first, ExtendsNode):
        return set()
    return {node.name for node in first.nodelist if isinstance(node, BlockNode)}
