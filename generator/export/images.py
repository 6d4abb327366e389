"""Pixels to WebP."""

from io import BytesIO

from PIL import Image as Picture

from generator.figure import Image

LARGEST = 4096


def image_file(image: Image) -> bytes:
    """Encode one image; lossless keeps every value, lossy is for photographs.

    Raises:  ValueError for a side over 4,096 pixels, which some browsers show as black.
    """
    height, width = image.pixels.shape[:2]
    if max(height, width) > LARGEST:
        raise ValueError(f"an image of {width} × {height} pixels; at most {LARGEST} a side")
    file = BytesIO()
    # Methods above 4 take ten times as long over see-through pictures and save no bytes.
    Picture.fromarray(image.pixels).save(
        file, "WEBP", lossless=image.lossless, quality=80, method=4, exact=image.lossless
    )
    return file.getvalue()
