"""Prints certificates: each PDF once, kept in a folder, made again when it is missing, or when it got another end."""

import asyncio
import hashlib
from pathlib import Path

import msgspec

from grader.catalog.artifacts import write_atomically
from grader.certificates import document
from grader.certificates.model import Certificate
from grader.certificates.renderer import Renderer


class Press:
    def __init__(self, renderer: Renderer, folder: Path, url: str) -> None:
        self._renderer = renderer
        self._folder = folder
        self._url = url
        self._printing: dict[str, asyncio.Task[Path]] = {}

    def verify_url(self, certificate: Certificate) -> str:
        return f"{self._url}/verify/{certificate.number}?code={certificate.code}"

    async def pdf(self, certificate: Certificate) -> Path:
        """The file; whoever asks while it is being printed waits for the same print. Raises RenderError."""
        path = self._folder / file_name(certificate)
        if path.is_file():
            return path
        task = self._printing.get(path.name)
        if task is None:
            task = asyncio.create_task(self._print(certificate, path))
            self._printing[path.name] = task
            task.add_done_callback(lambda _: self._printing.pop(path.name, None))
        return await asyncio.shield(task)

    async def close(self) -> None:
        await asyncio.gather(*self._printing.values(), return_exceptions=True)
        await self._renderer.close()

    async def _print(self, certificate: Certificate, path: Path) -> Path:
        html = document.html(certificate, verify_url=self.verify_url(certificate))
        data = await self._renderer.pdf(html)
        await asyncio.to_thread(_keep, path, data, certificate.number)
        return path


def file_name(certificate: Certificate) -> str:
    """Another one for whatever else is to be printed, so that no document of old is taken for the present one."""
    printed = msgspec.structs.replace(certificate, revoked_at=None, revoked_reason=None, superseded_by=None)
    return f"{certificate.number}.{hashlib.blake2b(msgspec.json.encode(printed), digest_size=6).hexdigest()}.pdf"


def _keep(path: Path, data: bytes, number: str) -> None:
    former = set(path.parent.glob(f"{number}.*pdf")) - {path}
    write_atomically(path, data, mode=0o600)
    for file in former:
        file.unlink(missing_ok=True)
