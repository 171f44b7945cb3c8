"""Certificates printed by our warm Chromium, against WeasyPrint on the same HTML."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from bench.first_print import with_weasyprint
from bench.process import PROJECT, CommandError
from bench.report import Report, figure, report
from grader.certificates import document
from grader.certificates.chromium import find_chromium
from grader.certificates.chromium_renderer import ChromiumRenderer
from grader.certificates.model import Certificate

AT_ONCE = 2
"""Pages of Chromium, and processes of WeasyPrint."""

CERTIFICATE = Certificate(
    number="CERT-2026-00001",
    code="7K2M-XW9P-4TQH",
    certification="certification",
    learner="learner",
    name="Zoë Łukasiewicz",
    organization="Example Foundation",
    track="platform-fundamentals",
    edition=1,
    major=1,
    track_title="Platform Fundamentals",
    level="FOUNDATION",
    version="1.0",
    courses=("What the platform is for", "From intake to closure", "Confidentiality", "Finding your way"),
    issued_at=datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
)

Print = Callable[[str], Awaitable[object]]
"""Prints a page of HTML."""

COSTLY = re.compile(r'background-image: url\("data:[^"]*"\)|display: (?:flex|grid)')
"""Engraved ornaments, and the layouts that WeasyPrint tries many times over."""


def measure(folder: Path, *, count: int, rounds: int) -> Report:
    """`count` documents of each in a round. Raises SetupError when one of both is missing."""
    verify_url = f"http://127.0.0.1:8000/verify/{CERTIFICATE.number}?code={CERTIFICATE.code}"
    html = document.html(CERTIFICATE, verify_url=verify_url)
    page = folder / "certificate.html"
    page.write_text(html, "utf-8")
    first = [(first_of_process("chromium", page), first_of_process("weasyprint", page)) for _ in range(rounds)]
    whole, simple = asyncio.run(_measure((html, COSTLY.sub("", html)), count, rounds))
    return report(
        "certificates",
        ours="Chromium",
        control="WeasyPrint",
        settings={"documents": count, "at once": AT_ONCE, "rounds": rounds},
        figures=[
            figure("one at a time", "ms", *zip(*whole.alone, strict=True)),
            figure("two at a time", "1/s", *zip(*whole.together, strict=True)),
            figure("simple page, one at a time", "ms", *zip(*simple.alone, strict=True)),
            figure("simple page, two at a time", "1/s", *zip(*simple.together, strict=True)),
            figure("the first one of a new process", "ms", *zip(*first, strict=True)),
        ],
    )


class Measured(NamedTuple):
    """Pairs of ours and the control, one a round."""

    alone: list[tuple[float, float]]
    together: list[tuple[float, float]]


async def _measure(pages: Sequence[str], count: int, rounds: int) -> list[Measured]:
    renderer = ChromiumRenderer(find_chromium(os.environ.get("GRADER_CHROMIUM")), pages=AT_ONCE)
    found = [Measured([], []) for _ in pages]
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:

        def weasyprint(html: str) -> Awaitable[object]:
            return asyncio.get_running_loop().run_in_executor(pool, with_weasyprint, html)

        ours, control = renderer.pdf, weasyprint
        try:
            for html in pages:
                await together(ours, html, AT_ONCE)  # both are warm afterwards
                await together(control, html, AT_ONCE)
            for _ in range(rounds):
                for html, one in zip(pages, found, strict=True):
                    one.alone.append((await alone(ours, html, count), await alone(control, html, count)))
                    one.together.append((await together(ours, html, count), await together(control, html, count)))
        finally:
            await renderer.close()
    return found


async def alone(one: Print, html: str, count: int) -> float:
    """Milliseconds a document, one after the other."""
    started = time.perf_counter()
    for _ in range(count):
        await one(html)
    return 1000 * (time.perf_counter() - started) / count


async def together(one: Print, html: str, count: int) -> float:
    """Documents a second, as many at once as pages and processes."""
    started = time.perf_counter()
    await asyncio.gather(*(one(html) for _ in range(count)))
    return count / (time.perf_counter() - started)


def first_of_process(name: str, page: Path) -> float:
    """Milliseconds from the start of Python to the document, imports and the browser's start included."""
    command = [sys.executable, "-m", "bench.first_print", name, str(page)]
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        said = process.stdout.readline()
        taken = time.perf_counter() - started
        if not said:
            raise CommandError(command, process.stderr.read())
    return 1000 * taken
