"""The three modules of the package ``lokal`` that are used, without the rest of it.

Its own start loads all it has, among that a thousand patterns to find personal data in texts:
half a second and ten megabytes in each process that starts. So the package stands in its place
unrun while its modules load, and is then taken away again.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lokal import holidays, nik, wilayah
else:

    def _parts(*names: str) -> list[ModuleType]:
        if "lokal" in sys.modules:
            return [import_module(f"lokal.{name}") for name in names]
        sys.modules["lokal"] = module_from_spec(find_spec("lokal"))
        try:
            return [import_module(f"lokal.{name}") for name in names]
        finally:
            del sys.modules["lokal"]

    holidays, nik, wilayah = _parts("holidays", "nik", "wilayah")

__all__ = ["holidays", "nik", "wilayah"]
