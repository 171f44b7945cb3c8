"""The site as a whole."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.running import Grader

pytestmark = pytest.mark.browser


def test_every_page(page: Page, each_site: Grader) -> None:
    """Every request of every page goes to the site's own origin; at 360 pixels no page is wider than the screen."""
    site = each_site
    catalog = site.artifacts.catalog
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.set_viewport_size({"width": 360, "height": 740})
    tracks, courses = [track.url for track in catalog.tracks], [course.url for _, course in catalog.courses()]
    for path in ["", "me/", *tracks, *courses]:
        page.goto(f"{site.url}/{path}")
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path  # less while a scrollbar that is no longer needed goes away
    assert hosts == {urlsplit(site.url).netloc}


def test_the_video_can_be_sought(page: Page, site: Grader) -> None:
    """The film plays, has captions, and jumps to its middle."""
    page.goto(f"{site.url}/platform-fundamentals/what-the-platform-is-for/")
    video = page.locator("video")
    expect(video.locator("track[kind=captions]")).to_have_count(1)
    at = video.evaluate(
        """video => new Promise((resolve, reject) => {
            setTimeout(() => reject(new Error("The film cannot be sought.")), 8000);
            video.onerror = () => reject(video.error);
            video.onseeked = () => resolve(video.currentTime);
            video.onloadedmetadata = () => { video.currentTime = video.duration / 2; };
            video.load();
        })"""
    )
    assert at > 10
