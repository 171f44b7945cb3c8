"""One document in a new process.

`python -m bench.first_print chromium|weasyprint PAGE` prints the HTML file PAGE, and says the size of the PDF.
"""

import asyncio
import os
import sys
from pathlib import Path

from grader.errors import GraderError, SetupError


def with_weasyprint(html: str) -> bytes:
    """Raises SetupError when it is not installed, or lacks the system's libraries."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - the time of the import is a part of the first document
    except (ImportError, OSError) as error:
        raise SetupError(f"WeasyPrint does not start: {error}. scripts/bench installs it.") from None
    return bytes(HTML(string=html).write_pdf())


async def with_chromium(html: str) -> bytes:
    from grader.certificates.chromium import find_chromium  # noqa: PLC0415
    from grader.certificates.chromium_renderer import ChromiumRenderer  # noqa: PLC0415

    renderer = ChromiumRenderer(find_chromium(os.environ.get("GRADER_CHROMIUM")))
    pdf = await renderer.pdf(html)
    print(len(pdf), flush=True)
    await renderer.close()
    return pdf


def main() -> None:
    name, html = sys.argv[1], Path(sys.argv[2]).read_text("utf-8")
    try:
        if name == "chromium":
            asyncio.run(with_chromium(html))
        else:
            print(len(with_weasyprint(html)), flush=True)
    except GraderError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
