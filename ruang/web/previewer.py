"""The one maker of previews of this web process. It starts its children when first asked."""

from ruang.previews.previewer import Previewer

previewer = Previewer()
