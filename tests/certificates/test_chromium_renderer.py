import asyncio
import os
import signal
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pypdf
import pypdfium2
import pytest
import pytest_asyncio
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from grader.certificates import document
from grader.certificates.browser import WarmBrowser
from grader.certificates.chromium_renderer import ChromiumRenderer
from grader.certificates.model import Certificate
from grader.certificates.renderer import RenderError

pytestmark = pytest.mark.browser

URL = "https://academy.example/verify/CERT-2026-00001?code=K7QM-2XPA"
A4_LANDSCAPE = (841.89, 595.28)  # points


def pages(pdf: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(BytesIO(pdf)).pages)


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pages(pdf))


def fonts(pdf: bytes) -> set[str]:
    """The embedded fonts, without their subset tags."""
    return {font_name(font.get_object()) for page in pages(pdf) for font in resources(page)["/Font"].values()}


def font_name(font: Any) -> str:
    """Fonts of PostScript outlines are embedded as Type 3, which keeps the name in the descriptor."""
    name = font.get("/BaseFont") or font["/FontDescriptor"]["/FontName"]
    return str(name).partition("+")[2]


def resources(page: Any) -> Any:
    return page["/Resources"]


def picture(pdf: bytes) -> Image.Image:
    paper = pypdfium2.PdfDocument(pdf)
    image: Image.Image = paper[0].render(scale=150 / 72).to_pil()
    paper.close()
    return image


async def printed(renderer: ChromiumRenderer, certificate: Certificate) -> bytes:
    return await renderer.pdf(document.html(certificate, verify_url=URL))


async def test_it_prints_a_certificate(renderer: ChromiumRenderer, certificate: Certificate) -> None:
    """A certificate is one page of A4 in landscape, tagged, and its facts are text."""
    pdf = await printed(renderer, certificate)
    (page,) = pages(pdf)
    assert (page.mediabox.width, page.mediabox.height) == pytest.approx(A4_LANDSCAPE, abs=1)
    for fact in ("Ada Lovelace", "Platform Fundamentals", "1.2", "23 November 2026", "CERT-2026-00001"):
        assert fact in text(pdf)
    catalog: Any = pypdf.PdfReader(BytesIO(pdf)).root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"


async def test_words_can_be_searched_for(renderer: ChromiumRenderer, certificate: Certificate) -> None:
    """Neither ligatures nor letter-spacing take words apart."""
    said = text(await printed(renderer, replace(certificate, name="Griffin Offield")))
    assert "CERTIFICATE" in said
    assert "This certifies that Griffin Offield" in said


async def test_the_qr_code_leads_to_the_verification_page(renderer: ChromiumRenderer, certificate: Certificate) -> None:
    """A camera reads the address with the code from the printed page."""
    found = zxingcpp.read_barcodes(picture(await printed(renderer, certificate)))
    assert [code.text for code in found] == [URL]


@pytest.mark.parametrize("name", ["José Ñúñez-Øster", "Ελένη Παπαδοπούλου", "Екатерина Воскресенская"])
async def test_alphabets(renderer: ChromiumRenderer, certificate: Certificate, name: str) -> None:
    """Latin, Greek and Cyrillic names are printed and can be searched for."""
    assert name in text(await printed(renderer, replace(certificate, name=name)))


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("عبد الرحمن الفارسي", "NotoNaskhArabic"),
        ("רחל אברמוביץ", "NotoSerifHebrew"),
        ("प्रियंका श्रीवास्तव", "NotoSerifDevanagari"),
        ("สมชาย วงศ์สวัสดิ์", "NotoSerifThai"),
        ("山田太郎", "NotoSerifCJK"),
        ("김민수", "NotoSerifCJK"),
    ],
)
async def test_scripts(renderer: ChromiumRenderer, certificate: Certificate, name: str, font: str) -> None:
    """A name in another script brings its font along, so that it looks the same everywhere."""
    embedded = fonts(await printed(renderer, replace(certificate, name=name)))
    assert any(one.startswith(font) for one in embedded), embedded


@pytest.mark.parametrize("name", ["Maximiliana Alexandra von der Hohenzollern-Sigmaringen " * 2, "W" * 80, "山" * 80])
async def test_long_facts_stay_on_one_page(renderer: ChromiumRenderer, certificate: Certificate, name: str) -> None:
    """With everything long at once it is still one page, and its last line is inside it."""
    long = replace(
        certificate,
        name=name[:80],
        organization="International Federation for the Protection of Reporting Persons " * 2,
        track_title="Case Management, Campaigns and Disclosures for Organizations with Many Tenants",
        courses=tuple(f"A course about the subject number {index}" for index in range(40)),
    )
    pdf = await printed(renderer, long)
    assert len(pages(pdf)) == 1
    assert [code.text for code in zxingcpp.read_barcodes(picture(pdf))] == [URL]


async def test_pages_are_used_again(renderer: ChromiumRenderer) -> None:
    """Nothing of one document is left in the next one, also when many are asked for at once."""
    pdfs = await asyncio.gather(*(renderer.pdf(f"<p>Document {letter}</p>") for letter in "ABCDE"))
    assert [text(pdf) for pdf in pdfs] == [f"Document {letter}" for letter in "ABCDE"]


async def test_pages_are_replaced(chromium: str) -> None:
    """A page that was used often enough makes room for a new one."""
    browser = await WarmBrowser.start(chromium, uses=2)
    used = []
    for _ in range(3):
        async with browser.page() as page:
            used.append(page)
    await browser.stop()
    assert used[0] is used[1]
    assert used[1] is not used[2]


async def test_scripts_do_not_run(renderer: ChromiumRenderer) -> None:
    """A script in a document changes nothing."""
    html = "<p>Before</p><script>document.body.innerText = 'After'</script><img src=x onerror='document.write(1)'>"
    assert text(await renderer.pdf(html)) == "Before"


@pytest_asyncio.fixture
async def listener() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server's address, and what it was sent."""
    heard: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    yield f"http://{host}:{port}", heard
    server.close()
    await server.wait_closed()


async def test_nothing_is_fetched(renderer: ChromiumRenderer, listener: tuple[str, list[bytes]]) -> None:
    """No picture, style, frame, font or redirection of a document reaches the network."""
    url, heard = listener
    frame = f"data:text/html,{quote(f'<img src={url}/inner>')}"
    html = (
        f'<link rel="stylesheet" href="{url}/style"><meta http-equiv="refresh" content="0;url={url}/gone">'
        f"<style>@font-face {{ font-family: x; src: url({url}/font) }} p {{ font-family: x }}</style>"
        f'<img src="{url}/picture"><iframe src="{url}/frame"></iframe><iframe src="{frame}"></iframe><p>Text</p>'
    )
    await renderer.pdf(html)
    await renderer.pdf("<p>The next document</p>")
    assert heard == []


async def test_files_are_not_read(renderer: ChromiumRenderer) -> None:
    """A document cannot show a file of the server."""
    html = '<p>Text</p><iframe src="file:///etc/passwd" width="900" height="600"></iframe>'
    assert "root:" not in text(await renderer.pdf(html))


async def test_a_killed_browser_is_replaced(renderer: ChromiumRenderer) -> None:
    """When the browser was killed the next document comes from a new one."""
    await renderer.pdf("<p>First</p>")
    assert renderer._browser
    killed = renderer._browser.pid
    os.kill(killed, signal.SIGKILL)
    assert text(await renderer.pdf("<p>Second</p>")) == "Second"
    assert renderer._browser.pid != killed


async def test_a_browser_killed_under_a_document(renderer: ChromiumRenderer) -> None:
    """When the browser is killed while it prints, the document is printed again."""
    await renderer.pdf("<p>First</p>")
    assert renderer._browser
    job = asyncio.create_task(renderer.pdf("<p>Second</p>" * 2000))
    await asyncio.sleep(0.02)
    os.kill(renderer._browser.pid, signal.SIGKILL)
    assert "Second" in text(await job)


async def test_a_browser_that_hangs(chromium: str) -> None:
    """A document that takes too long is given up with a clear error, and the browser with it."""
    renderer = ChromiumRenderer(chromium)
    await renderer.pdf("<p>First</p>")
    assert renderer._browser
    stuck = renderer._browser.pid
    os.kill(stuck, signal.SIGSTOP)
    patience, renderer._timeout = renderer._timeout, 3
    with pytest.raises(RenderError, match="did not finish within 3 seconds"):
        await renderer.pdf("<p>Second</p>")
    renderer._timeout = patience  # a machine may be busy
    assert text(await renderer.pdf("<p>Third</p>")) == "Third"
    os.kill(stuck, signal.SIGKILL)
    await renderer.close()


async def test_a_browser_that_does_not_start() -> None:
    """A program that is no browser makes an error that names it, not a hanging document."""
    renderer = ChromiumRenderer("/bin/false")
    with pytest.raises(RenderError, match="/bin/false says"):
        await renderer.pdf("<p>Text</p>")
    await renderer.close()


async def test_close(chromium: str) -> None:
    """After `close` the browser is gone, closing again is harmless, and nothing more is printed."""
    renderer = ChromiumRenderer(chromium)
    await renderer.pdf("<p>Text</p>")
    assert renderer._browser
    browser = renderer._browser
    await renderer.close()
    await renderer.close()
    assert not browser.alive
    with pytest.raises(RenderError, match="closed"):
        await renderer.pdf("<p>Text</p>")
