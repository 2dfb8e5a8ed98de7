"""``ruang where URL``: the view behind an address, its templates, and what it calls."""

import argparse
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from ruang.cli import Stop
from ruang.cli.keyring import start_django
from ruang.cli.processes import BASE

INTERESTING = re.compile(r"ruang\.\w+\.(commands|queries)(\.|$)")
TEMPLATE = re.compile(r"[a-z_/]+\.html(#\w+)?")
ID = "00000000-0000-0000-0000-000000000000"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the address."""
    parser.add_argument("url", help="for example /kasus/ or /kasus/<id>/")


def run(given: argparse.Namespace) -> int:
    """Print the code behind the address."""
    start_django()
    from django.urls import Resolver404, resolve

    path = re.sub(r"<[^>]*>", ID, given.url.partition("?")[0]) or "/"
    try:
        match = resolve(path)
    except Resolver404:
        raise Stop(f"No page is at {given.url!r}. Try /kasus/ or /kasus/<id>/.") from None
    view = inspect.unwrap(match.func)
    print(f"{match.view_name}  {match.route}")
    print(f"  view     {_place(view)}")
    reached = list(_reach(view))
    for template in sorted({t for function in reached for t in _templates(function)}):
        print(f"  template ruang/web/{template}")
    called: dict[str, Callable[..., Any]] = {}
    for function in reached:
        called.update(_called(function))
    for name, command in sorted(called.items(), key=lambda pair: _kind(pair[1])):
        first = (inspect.getdoc(command) or "").partition("\n")[0]
        print(f"  {_kind(command):<8} {_place(command)}  {name}: {first}")
    if isinstance(view, FunctionType):
        print(f"\n{inspect.getsource(view)}")
    return 0


def _reach(view: Callable[..., Any]) -> Iterator[FunctionType]:
    """Yield the view and the functions of ruang.web that it uses, each once."""
    seen: set[FunctionType] = set()
    todo: list[Any] = [view]
    while todo:
        function = inspect.unwrap(todo.pop())
        if not isinstance(function, FunctionType) or function in seen:
            continue
        seen.add(function)
        yield function
        used = _names(function).values()
        todo += [
            one
            for one in used
            if isinstance(one, FunctionType) and one.__module__.startswith("ruang.web.")
        ]


def _names(function: FunctionType) -> dict[str, Any]:
    """Return what the function's code speaks of: globals, and attributes of modules."""
    code, found = function.__code__, {}
    spoken = {*code.co_names}
    for constant in code.co_consts:
        if inspect.iscode(constant):
            spoken |= {*constant.co_names}
    for name in spoken:
        thing = function.__globals__.get(name)
        if isinstance(thing, ModuleType):
            attributes = {n: getattr(thing, n, None) for n in spoken}
            found.update({n: value for n, value in attributes.items() if value is not None})
        elif thing is not None:
            found[name] = thing
    return found


def _called(function: FunctionType) -> dict[str, Callable[..., Any]]:
    return {
        name: thing
        for name, thing in _names(function).items()
        if inspect.isfunction(inspect.unwrap(thing) if callable(thing) else thing)
        and INTERESTING.match(thing.__module__)
    }


def _templates(function: FunctionType) -> set[str]:
    texts = re.findall(r"[\"']([^\"']+\.html)", inspect.getsource(function))
    return {text for text in texts if TEMPLATE.fullmatch(text)}


def _kind(thing: Callable[..., Any]) -> str:
    return "command" if ".commands" in thing.__module__ else "query"


def _place(thing: Callable[..., Any]) -> str:
    inner = inspect.unwrap(thing)
    try:
        path = Path(inspect.getsourcefile(inner) or "").relative_to(BASE)
        return f"{path}:{inspect.getsourcelines(inner)[1]}"
    except (TypeError, ValueError, OSError):
        return f"{type(inner).__module__}.{type(inner).__name__}"
