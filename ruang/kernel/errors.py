"""What a command raises when the answer is no, in words the person can act on."""

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A rule says no. The message is a whole sentence that says what to do."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
