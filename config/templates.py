"""Templates without the indents that are for those who read them: a third of a long list."""

from django.template import Origin
from django.template.loaders import filesystem


class Loader(filesystem.Loader):
    """Reads a template and leaves out what each line begins with.

    The ends of lines stay, so that words are kept apart as before; no template of ours writes
    into ``pre`` or ``textarea`` but by a variable, which is not touched.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the text of a template."""
        text: str = super().get_contents(origin)
        return "\n".join(line.lstrip(" ") for line in text.split("\n"))
