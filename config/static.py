"""Static files: what is used of the front-end packages, fingerprinted and compressed.

``python -m config.static`` collects them; set-up does so when something changed.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import Storage as AnyStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

USED = {
    "govuk": ("govuk-frontend.min.css*", "govuk-frontend.min.js*"),
    "moj": ("moj-frontend.min.css*", "moj-frontend.min.js*", "assets/images/*"),
    "htmx": ("htmx.min.js*", "ext/hx-*.min.js*"),
    "font": ("files/*-latin-wght-normal.woff2",),
}
"""Of each package under its prefix; our own files are all used."""
MANIFEST = "staticfiles.json"
FONT = re.compile(r"@font-face\{[^}]*\}")


class OnlyWhatIsUsed(FileSystemFinder):
    """Leaves the sources, the examples and the fonts of others where they are."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, AnyStorage]]:
        """Yield every file that is to be served."""
        for path, storage in super().list(ignore_patterns):
            patterns = USED.get(getattr(storage, "prefix", None) or "", ("*",))
            if any(fnmatch(path, pattern) for pattern in patterns):
                yield path, storage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names that change with the content, so that browsers may keep them for ever."""

    def post_process(self, paths: Any, **options: Any) -> Any:
        """Give every file its fingerprint.

        MOJ's sheet asks for its pictures at the root of a site; here they stand beside it. And
        GOV.UK's brings a font that may be used on gov.uk alone: a browser that draws a page
        before the theme has come would ask for it, and get a 404.
        """
        for name in [one for one in paths if one.endswith(".css")]:
            sheet, prefix = Path(self.path(name)), name.partition("/")[0]
            text = sheet.read_text(encoding="utf-8")
            if prefix == "moj":
                text = text.replace("url(/assets/", "url(assets/")
            elif prefix == "govuk":
                text = FONT.sub("", text)
            else:
                continue
            sheet.write_text(text, encoding="utf-8")
            paths[name] = (self, name)  # else the sheet is read again where it came from
        return super().post_process(paths, **options)


def collect() -> None:
    """Collect everything anew, beside what a running server still reads."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    place = Path(settings.STATIC_ROOT)
    fresh = place.with_name(f"{place.name}.new")
    settings.STATIC_ROOT = fresh
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    put_in_place(fresh, place)


def put_in_place(fresh: Path, place: Path) -> None:
    """Move every file over, the list of their names last.

    Whatever process starts meanwhile finds a list and all that is in it. Files of before stay:
    a page that is open somewhere may still ask for them.
    """
    found = [path for path in fresh.rglob("*") if path.is_file()]
    for path in sorted(found, key=lambda path: path.name == MANIFEST):
        target = place / path.relative_to(fresh)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    shutil.rmtree(fresh)


if __name__ == "__main__":
    collect()
