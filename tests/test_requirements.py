"""What is fetched is pinned, hashed, and the same in the program as in its tests."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMPILED = sorted((ROOT / "requirements").glob("*.txt"))


def pins(file):
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;]+)", file.read_text(), re.MULTILINE))


@pytest.mark.parametrize("file", COMPILED, ids=lambda file: file.name)
def test_every_package_has_a_version_and_a_hash_and_no_address(file):
    packages = re.split(r"^(?=[a-z0-9])", file.read_text(), flags=re.MULTILINE)[1:]

    assert [each for each in packages if "==" not in each or "--hash=sha256:" not in each] == []
    assert "://" not in file.read_text()


def test_the_tests_run_on_the_very_versions_that_the_program_gets():
    run, test = pins(ROOT / "requirements" / "run.txt"), pins(ROOT / "requirements" / "test.txt")

    assert {name: test.get(name) for name in run} == run


def test_style_sheets_and_scripts_have_a_hash_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert [name for name, facts in packages.items() if "resolved" in facts] == []
    assert [name for name, facts in packages.items() if name and "integrity" not in facts] == []
