"""Draw what a messenger shows of a link to a page: its title beside its first figure, as PNG."""

import hashlib
import io
from pathlib import Path

import resvg_py
from nbformat import NotebookNode
from PIL import Image, ImageDraw, ImageFont

from livedocs.pages import Page
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.shown import alt_of

NAME = "card.png"
SIZE = WIDTH, HEIGHT = 1200, 630  # what the Open Graph's readers crop least
FIGURE = 640, 510
MARGIN = 60
INK, PALE, PAPER = "#1f2430", "#5b6472", "#ffffff"
FONT = Path(__file__).parent.parent / "livedocs" / "assets" / "Pretendard-Regular.otf"
COLOURS = 128
VERSION = "1"  # of the drawing: another one draws every card anew


def first_figure(page: Page, ran: Ran | None) -> tuple[str, str]:
    """Return the first drawing of a page and its alternative text, or two empty texts."""
    cells = ran.notebook.cells if ran else []
    for fence, cell in zip(page.runnable, cells, strict=False):
        if drawing := svg_of(cell):
            return drawing, alt_of(fence, cell)
    return "", ""


def svg_of(cell: NotebookNode) -> str:
    """Return the first drawing that a cell put out."""
    shown = (output.get("data", {}).get("image/svg+xml", "") for output in cell.outputs)
    return next(filter(None, shown), "")


def card(project: Project, book: str, title: str, description: str, drawing: str) -> bytes:
    """Return a card as PNG, drawn once for each text and drawing.

    Args:
        project: whose cache keeps it.
        book: the name of the book.
        title: the title of the page.
        description: what stands in the drawing's place where there is none.
        drawing: an SVG, or "".
    """
    told = "\0".join((VERSION, book, title, description, drawing))
    kept = project.cache / "cards" / f"{hashlib.sha256(told.encode()).hexdigest()}.png"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(".new")
        made.write_bytes(drawn(book, title, description, drawing))
        made.replace(kept)  # two builds may draw at once
    return kept.read_bytes()


def drawn(book: str, title: str, description: str, drawing: str) -> bytes:
    """Draw a card."""
    image = Image.new("RGB", SIZE, PAPER)
    room = WIDTH - 2 * MARGIN
    if drawing:
        figure = rendered(drawing)
        left, top = WIDTH - MARGIN // 2 - figure.width, (HEIGHT - figure.height) // 2
        image.paste(figure, (left, top))
        room = left - 2 * MARGIN
    pen = ImageDraw.Draw(image)
    end = write(pen, title, 58, INK, MARGIN + 10, room)
    if not drawing:
        write(pen, description, 34, PALE, end + 24, room)
    write(pen, book, 30, PALE, HEIGHT - MARGIN - 40, room)
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def rendered(drawing: str) -> Image.Image:
    """Return a drawing as large as its place on the card allows, on paper, in the page's font."""
    png = resvg_py.svg_to_bytes(
        svg_string=drawing.replace("currentColor", INK),
        background=PAPER,
        width=FIGURE[0],
        dpi=96,  # matplotlib measures in points, which have no size without it
        font_family="Pretendard",
        font_files=[str(FONT)],
        skip_system_fonts=True,  # the same card on every machine
    )
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.thumbnail(FIGURE)
    return image


def write(pen: ImageDraw.ImageDraw, text: str, size: int, ink: str, top: int, room: int) -> int:
    """Write a text in lines that break between words; return where it ends."""
    font = ImageFont.truetype(str(FONT), size)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    for line in lines:
        pen.text((MARGIN, top), line, fill=ink, font=font)
        top += int(size * 1.35)
    return top
