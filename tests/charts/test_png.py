"""A PNG of grey pixels."""

import io

from PIL import Image

from perfeval_docs.charts.png import write_png


def test_the_pixels_come_back() -> None:
    with Image.open(io.BytesIO(write_png(bytes(range(6)), 3, 300))) as image:
        image.load()
        assert (image.format, image.mode, image.size) == ("PNG", "L", (3, 2))
        assert image.tobytes() == bytes(range(6))
