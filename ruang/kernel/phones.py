"""Telephone numbers as people write them: with spaces, brackets, a zero or +62."""

_COUNTRY = "62"
_SHORTEST_WITH_COUNTRY = 9


def dialled(typed: str) -> str:
    """Return the digits by which two ways of writing one Indonesian number are alike."""
    digits = "".join(sign for sign in typed if sign in "0123456789")
    for country in (f"00{_COUNTRY}", _COUNTRY):
        if digits.startswith(country) and len(digits) >= _SHORTEST_WITH_COUNTRY:
            return f"0{digits.removeprefix(country).lstrip('0')}"
    return digits
