"""Grows graders: has all of `grader serve` imported, and forks a process that runs it for each order.

Importing takes two seconds of a start, and a harness starts graders a hundred times. What is run is the command itself.
`python -m tests.reliability.nursery` reads orders from standard input and answers each with a process id.
"""

import os
import signal
import sys
from datetime import timedelta

import msgspec

LEASE = timedelta(seconds=3)
"""So that harnesses need not wait a minute until what a killed grader was about to print is taken up again."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    root: str
    environment: dict[str, str]
    log: str
    point: str = ""  # where the grader kills itself; see points.py


def main() -> None:
    import grader.api.app  # noqa: PLC0415 - once, for all that follow
    import grader.api.serve  # noqa: PLC0415
    import grader.certificates.chromium_renderer  # noqa: PLC0415
    import grader.cli  # noqa: PLC0415
    import grader.store.postgresql  # noqa: PLC0415
    import grader.store.sqlite  # noqa: F401, PLC0415

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while line := sys.stdin.readline():
        order = msgspec.json.decode(line, type=Order)
        child = os.fork()
        if child == 0:
            _serve(order)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _serve(order: Order) -> None:
    from grader.api import outbox  # noqa: PLC0415
    from grader.cli import main as command  # noqa: PLC0415
    from tests.reliability import points  # noqa: PLC0415

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(order.environment)
    outbox.LEASE = LEASE
    if order.point:
        points.arm(order.point)
    sys.argv = ["grader", "--root", order.root, "serve"]
    status = 1
    try:
        command()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
