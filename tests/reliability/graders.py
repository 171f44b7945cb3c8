"""Graders that really run, to be killed and started again."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import msgspec
import psutil

from bench.server import free_port
from tests.reliability.nursery import Order

PROJECT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds to start, and seconds to end."""


class Nursery:
    """Starts graders quickly: see nursery.py."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, order: Order) -> psutil.Process:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(msgspec.json.encode(order).decode() + "\n")
        self._process.stdin.flush()
        return psutil.Process(int(self._process.stdout.readline()))


@contextmanager
def nursery() -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.reliability.nursery"]
    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        yield Nursery(process)
        process.stdin.close()
        process.wait(PATIENCE)


class Grader:
    """`grader serve` on one port, folder and database, from one start to the next."""

    def __init__(self, nursery: Nursery, root: Path, database: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.root = root
        self.log = root / f"grader-{self.port}.log"
        self._nursery = nursery
        self._database = database
        self._tree: list[psutil.Process] = []

    def start(self, point: str = "") -> bool:
        """Whether it is ready. It may die at that point before: there is something to print from before, say."""
        environment = {"GRADER_PORT": str(self.port), "GRADER_DATABASE": self._database}
        order = Order(root=str(self.root), environment=environment, log=str(self.log), point=point)
        self._tree = [self._nursery.start(order)]
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.runs:
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/readyz", timeout=PATIENCE).is_success:
                    return True
            time.sleep(0.02)
        if point and not self.runs:
            return False
        raise AssertionError(f"The grader does not start:\n{self.log.read_text()}")

    @property
    def runs(self) -> bool:
        return self._tree[0].is_running() and self._tree[0].status() != psutil.STATUS_ZOMBIE

    @property
    def processes(self) -> list[psutil.Process]:
        """The one that was started, its worker, and the browser's."""
        main = self._tree[0]
        with suppress(psutil.NoSuchProcess):
            self._tree = [main, *main.children(recursive=True)]
        return self._tree

    def kill(self) -> None:
        """All of its processes, at once and without a warning."""
        tree = self.processes
        for process in tree:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(tree, PATIENCE)

    def kill_worker(self) -> None:
        """Only the process that answers, as the kernel does when memory runs out; the others are left to themselves."""
        self.processes[1].kill()
        self.wait()

    def wait(self) -> None:
        """Until it has ended by itself."""
        gone, alive = psutil.wait_procs([self._tree[0]], PATIENCE)
        assert not alive, f"The grader does not end: {alive}"
        assert gone

    def stop(self) -> None:
        """As an operator does it."""
        if self._tree and self.runs:
            with suppress(psutil.NoSuchProcess):
                self._tree[0].terminate()
            psutil.wait_procs([self._tree[0]], PATIENCE)
            self.kill()
