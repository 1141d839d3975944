"""YAML that remembers on which line each thing stands, so that a refusal can point at it."""

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


class Sequence(list):
    """A YAML list: its own line, and the line of each entry."""

    line: int
    lines: list[int]


def read_yaml(text: str, file: str):
    """The content as Mapping, Sequence, str, int, float, bool or None.

    Raises Malformed for broken YAML, keys that are no text or stand twice, and anchors.
    """
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise Malformed(file, 1, "filen är tom.")
        return Reader(loader, file).value(node)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        raise Malformed(file, line, f"det är inte giltig YAML ({fault.problem}).") from None
    except yaml.YAMLError as fault:
        raise Malformed(file, 1, f"det är inte giltig YAML ({fault}).") from None
    finally:
        loader.dispose()


PLAIN = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


class Reader:
    def __init__(self, loader, file: str):
        self.loader, self.file, self.seen = loader, file, set()

    def value(self, node):
        if isinstance(node, yaml.ScalarNode):
            return self.loader.construct_object(node)
        if node.tag not in PLAIN:
            raise Malformed(self.file, line_of(node), f"taggen {node.tag} går inte.")
        if id(node) in self.seen:
            raise Malformed(self.file, line_of(node), "ankare och hänvisningar (& och *) går inte.")
        self.seen.add(id(node))
        return self.mapping(node) if isinstance(node, yaml.MappingNode) else self.sequence(node)

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
