"""A setting that is not explained cannot be set, and an explanation of none misleads."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = (ROOT / ".env.example").read_text()
EXPLAINED = re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE)


def read_by_settings():
    source = (ROOT / "samverkan" / "settings.py").read_text()
    return set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))


def read_by_docker_compose():
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def test_the_example_explains_exactly_the_settings_there_are():
    assert set(EXPLAINED) == read_by_settings() | read_by_docker_compose()


def test_each_setting_is_explained_once():
    assert sorted(EXPLAINED) == sorted(set(EXPLAINED))


def test_settings_are_read_in_no_other_module():
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for app in ROOT.glob("*/apps.py")
        for path in app.parent.rglob("*.py")
        if re.search(r"os\.environ|os\.getenv|\benv\.\w+\(", path.read_text())
    ]

    assert elsewhere == []


def test_the_example_holds_no_secret():
    assert re.search(r"^SAMVERKAN_SECRET_KEY=$", EXAMPLE, re.MULTILINE)
    assert re.search(r"^POSTGRES_PASSWORD=$", EXAMPLE, re.MULTILINE)
