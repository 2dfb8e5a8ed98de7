"""Which URL namespaces are open to whom. What is not named here needs a session."""

PUBLIC = frozenset({"report", "follow", "public_pages", "schedule", "arriving", "style"})
"""No session, no cookie; who writes here is nobody in particular, or has seven words."""

DOOR = frozenset({"sign_in"})
"""For who is not signed in yet; whoever is may come too."""

OWN = frozenset({"account"})
"""A signed-in person's own pages: all that is open while waiting for a colleague's word."""

OPEN_NAMES = frozenset({"healthz"})
"""Addresses without a namespace that machines ask."""


def is_public(namespace: str, name: str | None) -> bool:
    """Say whether an address is open to anybody and keeps nothing."""
    return namespace in PUBLIC or (not namespace and name in OPEN_NAMES)
