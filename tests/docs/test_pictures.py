"""The pictures of the author's guide show its examples."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.docs.guide import GUIDE, IMAGES, Example, pictured
from tests.docs.pictures import main, source_of

LARGEST = 60_000
"""Bytes: they are fetched by everybody who clones."""

PAIRS = [(example, name) for example in pictured() for name in example.pictures]


def test_every_picture_is_made_by_the_script() -> None:
    """Whatever the guide shows stands below an example, once, and no other file lies about."""
    linked = re.findall(r"\]\(images/([\w.-]+)\)", GUIDE.read_text("utf-8"))
    made = [f"{name}.png" for _, name in PAIRS]
    assert linked == made
    assert sorted(made) == sorted(path.name for path in IMAGES.iterdir())


@pytest.mark.parametrize(("example", "name"), PAIRS, ids=[name for _, name in PAIRS])
def test_each_shows_the_example_above_it(example: Example, name: str) -> None:
    """It was made from the text as it stands; if not, run scripts/pictures."""
    assert source_of(IMAGES / f"{name}.png") == example.digest


@pytest.mark.parametrize("path", sorted(IMAGES.glob("*.png")), ids=lambda path: path.stem)
def test_pictures_are_small(path: Path) -> None:
    """In bytes, and in width."""
    assert path.stat().st_size <= LARGEST
    with Image.open(path) as picture:
        assert picture.width <= 1050


@pytest.mark.browser
def test_the_script_makes_them_all(tmp_path: Path) -> None:
    """From nothing, none of them empty, each with its example's digest; what is no longer shown is removed."""
    (tmp_path / "gone.png").write_bytes(b"")
    main(tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(name for _, name in PAIRS)
    for example, name in PAIRS:
        assert source_of(tmp_path / f"{name}.png") == example.digest
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 2
            assert picture.height >= 60
