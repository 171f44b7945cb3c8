"""What a benchmark found: samples of ours and of the control, their medians and ratio, as a table and as JSON."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import msgspec
from rich.console import Console
from rich.table import Table


class Series(msgspec.Struct, frozen=True, kw_only=True):
    median: float
    samples: tuple[float, ...]  # one a round


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """`ratio` is the median of ours / control, round by round."""

    name: str
    unit: str
    ours: Series
    control: Series
    ratio: float


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    cores: int
    system: str
    architecture: str
    python: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    benchmark: str
    ours: str
    control: str
    settings: dict[str, int | float]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
    machine: Machine
    at: datetime


def figure(name: str, unit: str, ours: Sequence[float], control: Sequence[float]) -> Figure:
    """Raises ValueError unless both have a sample for each round."""
    ratios = [mine / other for mine, other in zip(ours, control, strict=True)]
    return Figure(name=name, unit=unit, ours=series(ours), control=series(control), ratio=median(ratios))


def series(samples: Sequence[float]) -> Series:
    return Series(median=median(samples), samples=tuple(samples))


def report(
    benchmark: str,
    *,
    ours: str,
    control: str,
    settings: dict[str, int | float],
    figures: Sequence[Figure],
    notes: Sequence[str] = (),
) -> Report:
    return Report(
        benchmark=benchmark,
        ours=ours,
        control=control,
        settings=settings,
        figures=tuple(figures),
        notes=tuple(notes),
        machine=Machine(
            cores=os.cpu_count() or 1,
            system=f"{platform.system()} {platform.release()}",
            architecture=platform.machine(),
            python=platform.python_version(),
        ),
        at=datetime.now(UTC),
    )


def publish(found: Report, folder: Path) -> None:
    """Print the table, and write `<folder>/<benchmark>.json`."""
    console = Console()
    console.print(table(found))
    for note in found.notes:
        console.print(note, highlight=False)
    path = folder / f"{found.benchmark}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    console.print(f"Written to {path}", highlight=False, soft_wrap=True)


def table(found: Report) -> Table:
    settings = ", ".join(f"{name} {value:g}" for name, value in found.settings.items())
    made = Table(title=f"{found.benchmark}: {settings}", title_justify="left")
    made.add_column("median")
    for heading in (found.ours, found.control, "ratio"):
        made.add_column(heading, justify="right")
    for one in found.figures:
        mine, other = (number(side.median) for side in (one.ours, one.control))
        made.add_row(f"{one.name}, {one.unit}", mine, other, f"{one.ratio:.3f}")
    return made


def number(value: float) -> str:
    """Three significant digits, and all of those before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
