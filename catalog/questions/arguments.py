"""What the methods of `Catalog` are given: read by the name of the argument, and refused where it is something else.

So that a number in place of a text is one `UsageError`, and no error of whatever would have met it first.
"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from os import PathLike
from typing import Any, TypeVar

from catalog.database import is_text
from catalog.errors import UsageError
from catalog.workload import Workload

Asked = TypeVar("Asked", bound=type)


def checks_arguments(asked: Asked) -> Asked:
    """A class whose public methods, inherited ones too, first read those of their arguments that `_READERS` names."""
    inherited = {name: method for base in reversed(asked.__mro__) for name, method in vars(base).items()}
    for name, method in inherited.items():
        if inspect.isfunction(method) and not name.startswith("_"):
            setattr(asked, name, _checked(method))
    return asked


def _checked(method: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(method)
    read = {name: _READERS[name] for name in signature.parameters if name in _READERS}
    optional = {name for name in read if signature.parameters[name].default is None or name in _ALL}
    if not read:
        return method

    @wraps(method)
    def checked(*arguments: Any, **named: Any) -> Any:
        bound = signature.bind(*arguments, **named)
        for name in read.keys() & bound.arguments.keys():
            value = bound.arguments[name]
            if value is not None or name not in optional:
                bound.arguments[name] = read[name](name, value)
        return method(*bound.args, **bound.kwargs)

    return checked


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name} must be a text, not {value!r:.60}")
    if not is_text(value):
        raise UsageError(f"{name} must be a text, and {value!r:.60} has a sign that no text can have")
    return value


def _texts(name: str, value: Any) -> str | list[str]:
    if isinstance(value, str):
        return _text(name, value)
    if not isinstance(value, Iterable) or isinstance(value, bytes):
        raise UsageError(f"{name} must be a text or several, not {value!r:.60}")
    return [_text(name, one) for one in value]


def _several(name: str, value: Any) -> list[Any]:
    if not isinstance(value, Iterable) or isinstance(value, (str, bytes)):
        raise UsageError(f"{name} must be several, in a list for example, not {value!r:.60}")
    return list(value)


def _count(name: str, value: Any) -> int:
    try:
        found = -1 if isinstance(value, bool) else operator.index(value)
    except TypeError:
        found = -1
    if found < 0:
        raise UsageError(f"a {name} is a whole number from 0, not {value!r:.60}")
    return found


def _mapping(name: str, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise UsageError(f"{name} must be values by their names, not {value!r:.60}")
    return value


def _workload(name: str, value: Any) -> Any:
    if isinstance(value, Workload):
        return value
    if not isinstance(value, Mapping):
        raise UsageError(f"a {name} is its quantities by their names, not {value!r:.60}")
    return {str(quantity): amount for quantity, amount in value.items()}


def _file(name: str, value: Any) -> Any:
    if isinstance(value, PathLike) or hasattr(value, "read"):
        return value
    return _text(name, value)


_ALL = ("models",)
"""None stands for all, though it has to be said."""
_READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(("model", "field", "where", "source"), _text),
    **dict.fromkeys(("models", "columns", "sort", "kinds", "author", "by"), _texts),
    "days": _several,
    "file": _file,
    "limit": _count,
    "weights": _mapping,
    "workload": _workload,
}
