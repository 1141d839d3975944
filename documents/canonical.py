"""Frozen dataclasses to one canonical JSON text and back: equal data always gives equal bytes.

Understood: str, bool, int, date, `X | None`, `tuple[X, ...]` and dataclasses of these. Anything
else is refused by name, also a None where a text was promised, so that a mistake shows where the
document is made and not years later when its data is read.
"""

import dataclasses
import json
import types
import typing
from datetime import date, datetime


class Malformed(ValueError):
    """The data does not have the shape that its dataclass promises; the text says where."""


def to_json(thing) -> str:
    """One line of JSON: keys sorted, no blanks, Swedish letters as they are. Raises Malformed."""
    plain = _plain(thing, type(thing), type(thing).__name__)
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(kind, text: str):
    """The dataclass `kind` as `to_json` wrote it. Raises Malformed on any other text."""
    try:
        read = json.loads(text)
    except ValueError as error:
        raise Malformed(f"not JSON: {error}") from error
    return _made(read, kind, kind.__name__)


def _plain(value, kind, where):
    kind = _present(value, kind)
    if kind is type(None):
        return None
    if dataclasses.is_dataclass(kind):
        _require(isinstance(value, kind), value, kind, where)
        hints = typing.get_type_hints(kind)
        return {
            name: _plain(getattr(value, name), hint, f"{where}.{name}")
            for name, hint in hints.items()
        }
    if typing.get_origin(kind) is tuple:
        _require(isinstance(value, (list, tuple)), value, kind, where)
        part = typing.get_args(kind)[0]
        return [_plain(one, part, f"{where}[{number}]") for number, one in enumerate(value)]
    if kind is date:
        _require(isinstance(value, date) and not isinstance(value, datetime), value, kind, where)
        return value.isoformat()
    if kind is str:  # an enum's member is a str too: its value is what is written
        _require(isinstance(value, str), value, kind, where)
        return str(value)
    _require(kind in (bool, int) and type(value) is kind, value, kind, where)
    return value


def _made(value, kind, where):
    kind = _present(value, kind)
    if kind is type(None):
        return None
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        _require(isinstance(value, dict) and value.keys() == hints.keys(), value, kind, where)
        return kind(
            **{name: _made(value[name], hint, f"{where}.{name}") for name, hint in hints.items()}
        )
    if typing.get_origin(kind) is tuple:
        _require(isinstance(value, list), value, kind, where)
        part = typing.get_args(kind)[0]
        return tuple(_made(one, part, f"{where}[{number}]") for number, one in enumerate(value))
    if kind is date:
        _require(isinstance(value, str), value, kind, where)
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise Malformed(f"{where}: {value!r} is not a date") from error
    _require(kind in (str, bool, int) and type(value) is kind, value, kind, where)
    return value


def _present(value, kind):
    """What `X | None` means for this value: NoneType when it is None, otherwise X."""
    if not isinstance(kind, types.UnionType):
        return kind
    (kept,) = (part for part in typing.get_args(kind) if part is not type(None))
    return type(None) if value is None else kept


def _require(holds, value, kind, where):
    if not holds:
        raise Malformed(f"{where}: {value!r} is not {getattr(kind, '__name__', kind)}")
