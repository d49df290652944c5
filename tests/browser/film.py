"""A film that shows one QR code, for the camera that Chromium pretends to have."""

import zxingcpp
from PIL import Image

WIDTH, HEIGHT, FRAMES = 640, 480, 10


def film_of(text, path):
    """Write a Y4M film in which the code of `text` is held before a phone, a little askew."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = Image.fromarray(code.to_image(scale=6, add_quiet_zones=True)).convert("L")
    picture = picture.rotate(7, expand=True, fillcolor=255)
    picture.thumbnail((HEIGHT - 40, HEIGHT - 40))
    frame = Image.new("L", (WIDTH, HEIGHT), 200)
    frame.paste(picture, ((WIDTH - picture.width) // 2, (HEIGHT - picture.height) // 2))
    colourless = bytes([128]) * (WIDTH * HEIGHT // 2)
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _number in range(FRAMES):
            film.write(b"FRAME\n" + frame.tobytes() + colourless)
    return path
