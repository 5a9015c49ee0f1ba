"""Draw a matplotlib figure as a small SVG that takes the page's font and ink."""

import base64
import gzip
import io
import math
import re
from typing import Any

from PIL import Image, ImageChops, ImageStat

LIGHT_ENOUGH = 12_000  # bytes after gzip: what a line drawing of a chapter's page needs
COLOURS = 32
SEEN = 4  # mean difference of a channel, of 255, from which a palette is no longer enough
MANY_MARKS = 700  # marks that a browser draws at once; as paths twice as many would be lighter, too
CRISP = 64  # a picture of at most so many pixels a side shows each of them; others are smoothed
PICTURE = re.compile(r'<image ([^>]*?)xlink:href="data:image/png;base64,([^"]+)"([^>]*)>')
AS_GIVEN = re.compile(r' style="image-rendering:[^"]*"')
SIDE = re.compile(r"matrix\((\S+) (\S+) ")
DPI = 100  # dots an inch, of 72 points; `savefig.dpi` in matplotlibrc is the same
FAMILY = re.compile(r"font-family: [^;\"]+;? ?")
# Black is the page's ink: it turns light where the page turns dark.
INK = re.compile(r"(?<=: )#000000(?=[;\"])")
NOISE = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|\n\s*", re.DOTALL
)
PLACED = re.compile(r' (?:d|x|y|points|transform)="(?!matrix)[^"]*"')
FINER = re.compile(r"(?<=\.\d\d)\d+")  # than a hundredth of a point, a 7000th of an inch
STYLE = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)


def draw(figure: Any) -> str:
    """Return a figure as SVG text: real text, `currentColor` for black, no identifiers unused.

    Marks too many to be paths become pixels inside the SVG; so does everything but text where a
    drawing is still heavy and pixels are lighter.

    Args:
        figure: a `matplotlib.figure.Figure`.

    Raises:
        Warning: a character has no glyph in the fonts (`child` turns this warning into an error).
    """
    frame(figure)
    rasterise(figure, lambda artist: marks(artist) > MANY_MARKS)
    svg = print_svg(figure)
    if weight(svg) > LIGHT_ENOUGH:
        rasterise(figure, lambda artist: True)
        svg = min(svg, print_svg(figure), key=weight)
    return svg


def frame(figure: Any) -> None:
    """Give the picture of an `imshow` four edges: white paper with two of them has no end."""
    for axes in figure.axes:
        if axes.images:
            axes.spines[:].set_visible(True)


def weight(svg: str) -> int:
    """Return the bytes of a drawing when a server has packed it."""
    return len(gzip.compress(svg.encode()))


def marks(artist: Any) -> int:
    """Return how many separate marks an artist draws."""
    return max(
        len(getattr(artist, f"get_{kind}")()) if hasattr(artist, f"get_{kind}") else 0
        for kind in ("offsets", "paths")
    )


def rasterise(figure: Any, wanted: Any) -> None:
    """Mark the data of each panel, never its text and axes, as pixels where `wanted` says so."""
    for axes in figure.axes:
        for artist in (*axes.collections, *axes.lines, *axes.patches):
            if wanted(artist):
                artist.set_rasterized(True)


def print_svg(figure: Any) -> str:
    """Return matplotlib's SVG of a figure, without what a page does not need."""
    file = io.StringIO()
    figure.savefig(
        file, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight"
    )
    svg = STYLE.sub("", NOISE.sub(" ", file.getvalue())).replace("> <", "><").strip()
    svg = PLACED.sub(lambda found: FINER.sub("", found[0]), svg)
    svg = PICTURE.sub(embedded, svg)
    svg = INK.sub("currentColor", FAMILY.sub("", svg))
    used = set(re.findall(r"(?:url\(|href=\")#([^)\"]+)", svg))
    return re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", svg)


def embedded(found: re.Match[str]) -> str:
    """Return the tag of a picture with its data made small.

    matplotlib embeds what it has drawn as pixels, and the picture of an `imshow` as it was given:
    the browser scales it. One of few pixels shows each of them. One of many is smoothed, and needs
    no more of them than are seen.
    """
    before, data, after = found.groups()
    image = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA")
    side = SIDE.search(after)
    photograph = bool(side) and max(image.size) > CRISP
    if side and photograph:
        after = AS_GIVEN.sub("", after)
        dots = math.hypot(float(side[1]), float(side[2])) * DPI / 72
        image.thumbnail((image.width * dots, image.height * dots))
    return f'<image {before}xlink:href="data:image/{packed(image, photograph)}"{after}>'


def packed(image: Image.Image, photograph: bool) -> str:
    """Return a picture as a data URI without `data:image/`: WebP.

    A plot's few colours are kept in a palette; a photograph, which no palette holds, loses detail
    that nobody sees.
    """
    few = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")  # what is fully transparent has no colour
    seen, kept = (Image.alpha_composite(paper, layer) for layer in (image, few))
    error = ImageStat.Stat(ImageChops.difference(seen, kept)).mean
    ways = []
    if max(error) < SEEN:
        ways.append(encoded(few, lossless=True))
    if photograph or not ways:
        ways.append(encoded(image, quality=60))
    return f"webp;base64,{min(ways, key=len)}"


def encoded(image: Image.Image, **how: Any) -> str:
    """Return a picture as WebP in base64."""
    file = io.BytesIO()
    image.save(file, "WEBP", method=6, **how)
    return base64.b64encode(file.getvalue()).decode()
