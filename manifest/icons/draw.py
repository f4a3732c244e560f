"""Draws the app's icons: a person on the way, and around them the coalition as a ring of members.

Teams wants 192 x 192 in full colour, with the symbol in the inner 120 x 120, and 32 x 32 in white
on transparent. After a change run `python -m manifest.icons.draw`; the PNG files are committed.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
BLUE = (0, 158, 219, 255)  # the blue of the United Nations flag
DEEP_BLUE = (0, 94, 163, 255)
PALE = (190, 229, 247, 255)
WHITE = (255, 255, 255, 255)
CLEAR = (255, 255, 255, 0)
OVERSAMPLING = 16  # Pillow draws without anti-aliasing; drawn large and shrunk, edges are smooth

Point = tuple[float, float]
Colour = tuple[int, int, int, int]

# A walking person on a canvas of 100 x 100: limbs are thick lines with round ends.
HEAD: tuple[Point, float] = ((53.5, 25.0), 6.6)
TORSO: Sequence[Point] = ((50.5, 40.0), (48.5, 57.0))
LIMBS: Sequence[Sequence[Point]] = (
    ((51.0, 39.5), (60.5, 48.0), (68.0, 49.5)),  # the arm in front
    ((49.5, 39.5), (40.0, 46.0), (38.0, 55.5)),  # the arm behind
    ((48.5, 57.0), (57.0, 66.0), (60.5, 79.0)),  # the leg in front
    ((48.5, 57.0), (46.0, 68.5), (37.0, 78.5)),  # the leg behind
)


class Canvas:
    """A square of 100 x 100 units, drawn large and shrunk to `pixels`."""

    def __init__(self, pixels: int, ground: Colour) -> None:
        self.pixels = pixels
        self.scale = pixels * OVERSAMPLING / 100
        self.image = Image.new("RGBA", (pixels * OVERSAMPLING,) * 2, ground)
        self.pen = ImageDraw.Draw(self.image)

    def dot(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        x, y, r = (self.scale * value for value in (*centre, radius))
        self.pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def stroke(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A line through `points` with round ends and joints."""
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self.pen.line(scaled, fill=colour, width=round(width * self.scale))
        for point in points:
            self.dot(point, width / 2, colour)

    def arc(self, radius: float, start: float, end: float, width: float, colour: Colour) -> None:
        """A part of a circle round the centre, in degrees clockwise from the right."""
        low, high = (50 - radius) * self.scale, (50 + radius) * self.scale
        box = (low, low, high, high)
        self.pen.arc(box, start, end, fill=colour, width=round(width * self.scale))

    def finished(self) -> Image.Image:
        """The picture in its real size."""
        return self.image.resize((self.pixels, self.pixels), Image.Resampling.LANCZOS)


def walker(canvas: Canvas, size: float, width: float, colour: Colour) -> None:
    """The person on the way, `size` times as large, centred."""

    def place(points: Iterable[Point]) -> list[Point]:
        return [(50 + (x - 51.5) * size, 50 + (y - 50.0) * size) for x, y in points]

    (head,) = place([HEAD[0]])
    canvas.dot(head, HEAD[1] * size, colour)
    canvas.stroke(place(TORSO), width * 1.35, colour)
    for limb in LIMBS:
        canvas.stroke(place(limb), width, colour)


def ring(
    canvas: Canvas, radius: float, width: float, colours: Sequence[Colour], gap: float
) -> None:
    """Members side by side around the person: one arc for each colour, `gap` degrees apart."""
    share = 360 / len(colours)
    for place, colour in enumerate(colours):
        start = -90 + place * share + gap / 2
        canvas.arc(radius, start, start + share - gap, width, colour)


def colour_icon() -> Image.Image:
    """The icon of the app's page: white on the flag's blue."""
    canvas = Canvas(192, BLUE)
    canvas.dot((50, 50), 34.5, DEEP_BLUE)
    ring(canvas, 34.5, 4.6, [WHITE, PALE, WHITE, PALE, WHITE, PALE], gap=9)
    walker(canvas, 0.76, 5.7, WHITE)
    return canvas.finished()


def outline_icon() -> Image.Image:
    """The icon of the app bar: white lines alone, on transparent ground."""
    canvas = Canvas(32, CLEAR)
    ring(canvas, 49.0, 6.6, [WHITE] * 6, gap=15)
    walker(canvas, 1.0, 8.0, WHITE)
    return canvas.finished()


def main() -> None:
    """Write both files beside this module."""
    colour_icon().save(HERE / "color.png", optimize=True)
    outline_icon().save(HERE / "outline.png", optimize=True)


if __name__ == "__main__":
    main()
