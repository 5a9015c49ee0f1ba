"""Draw a matplotlib figure as a small SVG that takes the page's font and ink."""

import base64
import gzip
import io
import re
from typing import Any

from PIL import Image, ImageChops, ImageStat

LIGHT_ENOUGH = 12_000  # bytes after gzip: what a line drawing of a chapter's page needs
COLOURS = 32
SEEN = 4  # mean difference of a channel, of 255, from which a palette is no longer enough
MANY_MARKS = 150  # a scatter plot beyond this is smaller as pixels than as paths
EMBEDDED = re.compile(r'xlink:href="data:image/png;base64,([^"]+)"')
PIXELS = re.compile(r'(?<=;base64,)[^"]+')
FAMILY = re.compile(r"font-family: [^;\"]+;? ?")
# Black is the page's ink: it turns light where the page turns dark.
INK = re.compile(r"(?<=: )#000000(?=[;\"])")
NOISE = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|\n\s*", re.DOTALL
)
STYLE = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)


def draw(figure: Any) -> str:
    """Return a figure as SVG text: real text, `currentColor` for black, no identifiers unused.

    Marks too many to be paths, and then everything but text if the drawing is still heavy, become
    pixels inside the SVG.

    Args:
        figure: a `matplotlib.figure.Figure`.

    Raises:
        Warning: a character has no glyph in the fonts (`child` turns this warning into an error).
    """
    rasterise(figure, lambda artist: marks(artist) > MANY_MARKS)
    svg = print_svg(figure)
    if len(gzip.compress(PIXELS.sub("", svg).encode())) > LIGHT_ENOUGH:
        rasterise(figure, lambda artist: True)
        svg = print_svg(figure)
    return svg


def marks(artist: Any) -> int:
    """Return how many separate marks an artist draws."""
    return max(
        len(getattr(artist, f"get_{kind}")()) if hasattr(artist, f"get_{kind}") else 0
        for kind in ("offsets", "paths")
    )


def rasterise(figure: Any, wanted: Any) -> None:
    """Mark the data of each panel, never its text and axes, as pixels where `wanted` says so."""
    for axes in figure.axes:
        for artist in (*axes.collections, *axes.lines, *axes.patches, *axes.images):
            if wanted(artist):
                artist.set_rasterized(True)


def print_svg(figure: Any) -> str:
    """Return matplotlib's SVG of a figure, without what a page does not need."""
    file = io.StringIO()
    figure.savefig(
        file, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight"
    )
    svg = STYLE.sub("", NOISE.sub(" ", file.getvalue())).replace("> <", "><").strip()
    svg = EMBEDDED.sub(lambda found: f'xlink:href="{smaller(found[1])}"', svg)
    svg = INK.sub("currentColor", FAMILY.sub("", svg))
    used = set(re.findall(r"(?:url\(|href=\")#([^)\"]+)", svg))
    return re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", svg)


def smaller(png: str) -> str:
    """Return an embedded picture as a data URI: WebP where that is smaller.

    A plot's few colours are kept in a palette; a photograph, which no palette holds, loses detail
    that nobody sees.
    """
    raw = base64.b64decode(png)
    image = Image.open(io.BytesIO(raw)).convert("RGBA")
    few = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")  # what is fully transparent has no colour
    seen, kept = (Image.alpha_composite(paper, layer) for layer in (image, few))
    error = ImageStat.Stat(ImageChops.difference(seen, kept)).mean
    packed = io.BytesIO()
    if max(error) < SEEN:
        few.save(packed, "WEBP", lossless=True, method=4)
    else:
        image.save(packed, "WEBP", quality=80, method=4)
    kind, data = min(("png", raw), ("webp", packed.getvalue()), key=lambda each: len(each[1]))
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
