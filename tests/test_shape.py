"""Conventions that a machine can hold us to."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from collaborations.workflow import ALL_MOVES
from dashboard.printed import ALL_RULES, PAGES

ROOT = settings.BASE_DIR
LAYERS = [
    "accounts",
    "audit",
    "casework",
    "documents",
    "notifications",
    "organisations",
    "checklists",
    "agreements",
    "iop",
    "collaborations",
    "advice",
    "dashboard",
]
CODE = sorted(
    path
    for layer in LAYERS
    for path in (ROOT / layer).rglob("*.py")
    if "migrations" not in path.parts
)
names = [str(path.relative_to(ROOT)) for path in CODE]


def imported_layers(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found & set(LAYERS)


@pytest.mark.parametrize("path", CODE, ids=names)
def test_a_module_never_imports_from_an_app_above_its_own(path):
    own = LAYERS.index(path.relative_to(ROOT).parts[0])

    assert {layer for layer in imported_layers(path) if LAYERS.index(layer) > own} == set()


@pytest.mark.parametrize("path", CODE, ids=names)
def test_no_module_is_longer_than_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", CODE, ids=names)
def test_no_module_is_named_after_nothing(path):
    assert {"utils", "helpers", "common", "core", "services"} & {path.stem, *path.parts} == set()


def changes_a_step(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign):
            targets = [node.target]
        if any(isinstance(t, ast.Attribute) and t.attr == "step" for t in targets):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            keywords = {keyword.arg for keyword in node.keywords}
            if node.func.attr in ("update", "create") and "step" in keywords:
                return True
    return False


def test_only_one_module_changes_the_step_of_anything():
    assert [name for path, name in zip(CODE, names, strict=True) if changes_a_step(path)] == [
        "casework/moves.py"
    ]


def test_nothing_listens_to_signals_but_the_guards():
    listening = [
        name
        for path, name in zip(CODE, names, strict=True)
        if re.search(r"@receiver\(|(pre|post)_(save|delete|migrate)|m2m_changed", path.read_text())
    ]
    assert listening == ["audit/apps.py"]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_every_rule_cites_its_source_and_speaks_in_a_sentence(rule):
    assert rule.sources
    assert rule.unmet[0].isupper()
    assert rule.unmet.endswith(".")


@pytest.mark.parametrize("path", sorted((ROOT / "collaborations/steps").glob("[a-z]*.py")))
def test_every_step_says_what_it_carries_out(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert docstring


def test_every_event_of_a_move_can_be_read_in_the_log():
    from collaborations.log import SENTENCES

    assert {move.event for move in ALL_MOVES} - set(SENTENCES) == set()


@pytest.mark.parametrize("name", PAGES)
def test_the_printed_pages_equal_the_code(name):
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name]()


def test_every_template_is_used():
    texts = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in (*LAYERS, "templates", "samverkan")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".html", ".txt")
    )
    templates = {str(p.relative_to(ROOT / "templates")) for p in (ROOT / "templates").rglob("*.*")}
    by_name = re.compile(r"^(account|bootstrap5|django|admin)/|^(403|404|500|403_csrf)\.html$")
    unused = {t for t in templates if not by_name.match(t) and t not in texts}

    assert {t for t in unused if not named_by_its_stem(t, texts)} == set()


def named_by_its_stem(template: str, texts: str) -> bool:
    """Step pages and mails are named without folder and ending, reminders by their stage."""
    stem = Path(template).stem
    return f'"{stem}"' in texts or (stem.startswith("reminder_") and "reminder_{" in texts)
