"""The QR code that leads from paper to the verification page."""


def data_uri(text: str) -> str:
    """A QR code as an SVG image, without its quiet zone: the page leaves the white around it.

    Error correction M (15 %) survives a fold or a stamp.
    """
    import segno  # noqa: PLC0415 - the first print waits for it, not the start

    code = segno.make_qr(text, error="m")
    return str(code.svg_data_uri(border=0, dark="#1a1f3d", omitsize=True))
