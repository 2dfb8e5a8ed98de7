"""Answers read as pages."""

from functools import lru_cache

from bs4 import BeautifulSoup


def parsed(page: bytes | str) -> BeautifulSoup:
    """Read a page. The same page is read once: look at it, change nothing in it."""
    return _parsed(page.decode() if isinstance(page, bytes) else page)


@lru_cache(maxsize=8)
def _parsed(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")
