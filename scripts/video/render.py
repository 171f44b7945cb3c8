"""Render a storyboard, such as who-holds-the-keys.html, to the video of that name and its poster.

Run from the project's root (needs ffmpeg and the font Noto Sans):

    uv run python scripts/video/render.py who-holds-the-keys        # the video and the poster in content/media
    uv run python scripts/video/render.py who-holds-the-keys --still 30 frame.png   # one moment, to look at

The scenes are CSS animations. Chromium is shown one frame after the other by setting their time, so the
result does not depend on the speed of the machine. Opened in a browser, a storyboard plays by itself.
"""

import argparse
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
MEDIA = HERE.parents[1] / "content/media"
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
def stage(storyboard: Path, chromium: str) -> Iterator[Page]:
    """A page that shows the storyboard, 1280 x 720."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(storyboard.as_uri())
        page.evaluate("document.fonts.ready")
        yield page
        browser.close()


def length(page: Page) -> int:
    """How long the storyboard plays, in seconds: `--whole` of its root."""
    return int(page.evaluate("parseFloat(document.documentElement.style.getPropertyValue('--whole'))"))


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
        for number in range(length(page) * FRAMES_PER_SECOND):
            frames.write(shoot(page, number / FRAMES_PER_SECOND))
    if encoder.wait():
        raise SystemExit(encoder.returncode)


def main() -> None:
    parser = argparse.ArgumentParser(description="Render the video of a storyboard.")
    parser.add_argument("storyboard", choices=sorted(path.stem for path in HERE.glob("*.html")))
    parser.add_argument("--chromium", default="/usr/bin/chromium-headless-shell", help="the browser to use")
    parser.add_argument("--still", nargs=2, metavar=("SECONDS", "FILE"), help="write one frame as PNG")
    arguments = parser.parse_args()
    with stage(HERE / f"{arguments.storyboard}.html", arguments.chromium) as page:
        if arguments.still:
            seconds, file = arguments.still
            Path(file).write_bytes(shoot(page, float(seconds)))
            return
        video = MEDIA / f"{arguments.storyboard}.mp4"
        page.evaluate("seek", POSTER_AT)
        page.screenshot(path=video.with_suffix(".jpg"), type="jpeg", quality=80)
        film(page, video)


if __name__ == "__main__":
    main()
