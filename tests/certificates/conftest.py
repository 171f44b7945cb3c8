"""One certificate, which each test varies, and one warm browser per test."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from grader.certificates.chromium import find_chromium
from grader.certificates.chromium_renderer import ChromiumRenderer
from grader.certificates.model import Certificate


@pytest.fixture
def certificate() -> Certificate:
    return Certificate(
        number="CERT-2026-00001",
        code="K7QM-2XPA",
        certification="019ab1",
        learner="019ab2",
        name="Ada Lovelace",
        organization="Analytical Engines Ltd.",
        track="platform-fundamentals",
        edition=1,
        major=1,
        track_title="Platform Fundamentals",
        level="FOUNDATION",
        version="1.2",
        courses=("Confidentiality", "Receiving a report"),
        issued_at=datetime(2026, 11, 23, 10, tzinfo=UTC),
    )


@pytest.fixture
def chromium() -> str:
    return find_chromium(os.environ.get("GRADER_CHROMIUM"))


@pytest_asyncio.fixture
async def renderer(chromium: str) -> AsyncIterator[ChromiumRenderer]:
    made = ChromiumRenderer(chromium)
    yield made
    await made.close()
