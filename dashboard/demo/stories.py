"""The stories of `content/`: what each case is about, and its path from day to day.

A story's `path` is a list of {ago, do, …}: how many days ago, which verb of verbs/, and what it
says. Names of people, organisations and units are those of people.py, organisations.yaml and
places.py.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

# Ten times faster where PyYAML was built with it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTENT = Path(__file__).parent / "content"
CASES = (
    "etablering",
    "jobbtorg",
    "jobbtorg_open",
    "vuxenutbildning",
    "fritid",
    "aldre",
    "stadsmiljo",
    "agreements",
    "partnerships",
    "projects",
)


@dataclass(frozen=True)
class Story:
    """What is left out is not yet written: that is how a half motivated case looks."""

    key: str
    unit: str
    manager: str
    officer: str
    organisations: tuple[str, ...]
    title: str
    initiated_by: str
    task: str
    path: tuple[dict, ...]
    form: str = "informal"
    kind: str = ""
    area: str = ""
    groups: tuple[str, ...] = ()
    assignment: str = ""
    for_group: bool = True
    group_why: str = ""
    need_type: str = ""
    need: str = ""
    heard: str = ""
    equal: bool = True
    open: str = ""
    minors: bool = False
    personal_data: bool = False
    agreement: bool = False
    bring: tuple[list, ...] = ()  # [party, kind, what, hours, value, how it is valued]
    adds: str = ""  # GK-13
    read: str = ""  # DV-02
    answers: dict = field(default_factory=dict)  # code → {value, text, note}

    @property
    def first_day(self) -> int:
        """How many days ago it began."""
        return self.path[0]["ago"]


@cache
def content(name: str) -> list[dict]:
    """A file of `content/`, read once."""
    return yaml.load((CONTENT / f"{name}.yaml").read_bytes(), Loader)


def stories() -> list[Story]:
    """All of them, in the order of the files."""
    return [story(told) for name in CASES for told in content(name)]


def story(told: dict) -> Story:
    facts = {**told, "organisations": tuple(told["with"]), "initiated_by": told["from"]}
    del facts["with"], facts["from"]
    for name in ("path", "groups", "bring"):
        facts[name] = tuple(facts.get(name, ()))
    return Story(**facts)
