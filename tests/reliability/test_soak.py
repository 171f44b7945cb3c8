"""`scripts/soak`, the same at length."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.reliability.__main__ import file_system, soak


def test_it_says_how() -> None:
    """The help names what can be chosen."""
    said = CliRunner().invoke(soak, ["--help"]).output
    assert all(option in said for option in ("--kills", "--histories", "--store", "--seed", "--folder"))


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no folder in memory")
def test_memory_is_no_disk() -> None:
    """A database in memory would prove nothing."""
    assert file_system(Path("/dev/shm")) == "tmpfs"
    refused = CliRunner().invoke(soak, ["--folder", "/dev/shm"])
    assert refused.exit_code == 2
    assert "Name a folder on a disk" in refused.output
