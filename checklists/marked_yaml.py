"""YAML that remembers on which line each thing stands, so that a refusal can point at it."""

import unicodedata

import yaml

# Ten times faster where PyYAML was built with it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Malformed(Exception):
    """The file cannot be used. Says which file, which line, and why, in Swedish."""

    def __init__(self, file: str, line: int, reason: str):
        self.file, self.line, self.reason = file, line, reason
        super().__init__(f"{file}, rad {line}: {reason}")


class Mapping(dict):
    """A YAML mapping: its own line, and the line of each key."""

    line: int
    lines: dict[str, int]

    @classmethod
    def of(cls, said: dict, line: int = 0) -> "Mapping":
        """The same without a file: from a form, all on one line."""
        found = cls({key: marked(value, line) for key, value in said.items()})
        found.line, found.lines = line, dict.fromkeys(said, line)
        return found


class Sequence(list):
    """A YAML list: its own line, and the line of each entry."""

    line: int
    lines: list[int]


def marked(value, line: int = 0):
    if isinstance(value, dict):
        return Mapping.of(value, line)
    if isinstance(value, list):
        found = Sequence(marked(one, line) for one in value)
        found.line, found.lines = line, [line] * len(found)
        return found
    return value


def unprintable(text: str) -> bool:
    """Does it hold a sign that is none: a control character, or half of one?"""
    return any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text if sign not in "\n\r\t")


def read_yaml(text: str, file: str):
    """The content as Mapping, Sequence, str, int, float, bool or None.

    Raises Malformed for broken YAML, keys that are no text or stand twice, anchors, and lists in
    lists in lists.
    """
    refuse_depth(text, file)
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise Malformed(file, 1, "filen är tom.")
        return Reader(loader, file).value(node)
    except yaml.YAMLError as fault:
        raise malformed(fault, file) from None
    finally:
        loader.dispose()


def malformed(fault: yaml.YAMLError, file: str) -> Malformed:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    said = getattr(fault, "problem", None) or fault
    return Malformed(file, mark.line + 1 if mark else 1, f"det är inte giltig YAML ({said}).")


DEEPEST = 12  # no question set lies deeper than six


def refuse_depth(text: str, file: str) -> None:
    """Read event by event, so that a deep file cannot use up the stack before it is refused."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise Malformed(file, line_of(event), "listorna ligger för djupt i varandra.")
    except yaml.YAMLError as fault:
        raise malformed(fault, file) from None


PLAIN = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


class Reader:
    def __init__(self, loader, file: str):
        self.loader, self.file, self.seen = loader, file, set()

    def value(self, node):
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if node.tag not in PLAIN:
            raise Malformed(self.file, line_of(node), f"taggen {node.tag} går inte.")
        if id(node) in self.seen:
            raise Malformed(self.file, line_of(node), "ankare och hänvisningar (& och *) går inte.")
        self.seen.add(id(node))
        return self.mapping(node) if isinstance(node, yaml.MappingNode) else self.sequence(node)

    def scalar(self, node):
        try:
            found = self.loader.construct_object(node)
        except (ValueError, OverflowError):  # a day such as 2026-13-45, a number without end
            raise Malformed(self.file, line_of(node), "värdet går inte att tolka.") from None
        if isinstance(found, str) and unprintable(found):
            reason = "texten har ett tecken som inte kan skrivas ut."
            raise Malformed(self.file, line_of(node), reason)
        return found

    def mapping(self, node) -> Mapping:
        found = Mapping()
        found.line, found.lines = line_of(node), {}
        for key_node, value_node in node.value:
            key = self.value(key_node)
            if not isinstance(key, str):
                raise Malformed(self.file, line_of(key_node), f"nyckeln {key!r} är ingen text.")
            if key in found:
                raise Malformed(self.file, line_of(key_node), f"{key} står två gånger.")
            found[key] = self.value(value_node)
            found.lines[key] = line_of(key_node)
        return found

    def sequence(self, node) -> Sequence:
        found = Sequence(self.value(entry) for entry in node.value)
        found.line, found.lines = line_of(node), [line_of(entry) for entry in node.value]
        return found


def line_of(node) -> int:
    return node.start_mark.line + 1
