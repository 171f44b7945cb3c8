from urllib.parse import unquote

from grader.certificates import qr


def test_it_is_a_picture() -> None:
    """A QR code is a data URI, so that it needs no request, and no quiet zone of its own."""
    uri = unquote(qr.data_uri("https://academy.example/verify/CERT-2026-00001"))
    assert uri.startswith("data:image/svg+xml")
    assert "viewBox='0 0 33 33'" in uri
