"""Render scenes.html to the video of the first course, and its poster.

Run from the project's root (needs ffmpeg and the font Noto Sans):

    uv run python scripts/video/render.py                       # the video and the poster in content/media
    uv run python scripts/video/render.py --still 30 frame.png  # one moment, to look at while editing

The scenes are CSS animations. Chromium is shown one frame after the other by setting their time, so the
result does not depend on the speed of the machine. Opened in a browser, scenes.html plays by itself.
"""

import argparse
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
VIDEO = HERE.parents[1] / "content/media/what-the-platform-is-for.mp4"
SECONDS = 97
FRAMES_PER_SECOND = 25
POSTER_AT = 4.0  # seconds
FRAMES = ("-f", "image2pipe", "-framerate", str(FRAMES_PER_SECOND), "-c:v", "png", "-i", "-")
H264 = (
    *("-c:v", "libx264", "-preset", "veryslow", "-crf", "23", "-tune", "animation"),
    *("-pix_fmt", "yuv420p", "-profile:v", "high", "-level", "3.1", "-movflags", "+faststart"),
    *("-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709"),
    *("-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"),
)


@contextmanager
def stage(chromium: str) -> Iterator[Page]:
    """A page that shows the scenes, 1280 x 720."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto((HERE / "scenes.html").as_uri())
        page.evaluate("document.fonts.ready")
        yield page
        browser.close()


def shoot(page: Page, seconds: float) -> bytes:
    """The stage at that moment, as PNG."""
    page.evaluate("seek", seconds)
    return page.screenshot()


def film(page: Page, target: Path) -> None:
    """Write all frames to `target`, as H.264 that every browser plays."""
    command = ["ffmpeg", "-y", "-loglevel", "error", *FRAMES, *H264, str(target)]
    encoder = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert encoder.stdin
    with encoder.stdin as frames:
        for number in range(SECONDS * FRAMES_PER_SECOND):
            frames.write(shoot(page, number / FRAMES_PER_SECOND))
    if encoder.wait():
        raise SystemExit(encoder.returncode)


def main() -> None:
    parser = argparse.ArgumentParser(description="Render the video of the first course.")
    parser.add_argument("--chromium", default="/usr/bin/chromium-headless-shell", help="the browser to use")
    parser.add_argument("--still", nargs=2, metavar=("SECONDS", "FILE"), help="write one frame as PNG")
    arguments = parser.parse_args()
    with stage(arguments.chromium) as page:
        if arguments.still:
            seconds, file = arguments.still
            Path(file).write_bytes(shoot(page, float(seconds)))
            return
        page.evaluate("seek", POSTER_AT)
        page.screenshot(path=VIDEO.with_suffix(".jpg"), type="jpeg", quality=80)
        film(page, VIDEO)


if __name__ == "__main__":
    main()
