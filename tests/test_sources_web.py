"""Pages and feeds over HTTP, from a well-behaved server and a bad one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest import Depth, Failure, Settings
from ingest.article import Submission
from ingest.sources.addresses import canonical
from ingest.sources.fetch import is_public
from ingest.sources.polite import Polite
from ingest.sources.read import read_source
from tests.support.web import WebServer

TEXT = " ".join(f"The tram line {n} will cross the river in the year {2030 + n}." for n in range(8))
PAGE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    f"<p>{TEXT}</p><p>{TEXT.replace('tram', 'bus')}</p></article></body></html>"
)
OPEN = Settings(allow_private_network=True, fetch_timeout=1.5, fetch_max_mb=1, fetch_delay=0)


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def read(url: str, settings: Settings = OPEN) -> tuple[list[Submission], list[Failure]]:
    arrivals = list(read_source(url, settings, Polite(settings)))
    good = [arrival for arrival in arrivals if isinstance(arrival, Submission)]
    return good, [arrival for arrival in arrivals if isinstance(arrival, Failure)]


def feed(items: str, title: str = "The Observer") -> str:
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def test_a_page_is_read_and_named_by_its_address(web: WebServer) -> None:
    """Redirects are followed; tracking parameters and the fragment do not make another article."""
    web.page("/tram?id=3", PAGE.format(title="Tram vote"))
    web.redirect("/short", "/tram?id=3")
    [article], [] = read(web.url("/short"))
    assert TEXT in article.text
    assert article.key == web.url("/tram?id=3")
    assert canonical("https://o.example/a?utm_source=x&id=3#top") == "https://o.example/a?id=3"


def test_another_sites_canonical_address_is_not_believed() -> None:
    """A page can't pass itself off as an article of somebody else."""
    assert canonical("https://a.example/x", "https://bank.example/y") == "https://a.example/x"
    assert canonical("https://a.example/x?p=1", "https://a.example/x") == "https://a.example/x"


def test_a_page_that_names_another_as_its_original_is_known_as_its_copy(web: WebServer) -> None:
    """rel=canonical to another site does not rename the article, but is kept."""
    link = '<link rel="canonical" href="https://wire.example/tram?utm_source=x">'
    url = web.page("/copy", PAGE.format(title="Tram vote").replace("<title>", f"{link}<title>"))
    [article], [] = read(url)
    assert (article.url, article.original) == (url, "https://wire.example/tram")
    own = web.page(
        "/own",
        PAGE.format(title="Tram").replace("<title>", f"<link rel=canonical href={url}><title>"),
    )
    [article], [] = read(own)
    assert article.original is None


def test_a_feeds_items_come_in_full_from_the_feed_or_from_their_pages(web: WebServer) -> None:
    """Full text is taken as it is; a summary is followed; a page that fails leaves a teaser."""
    web.page("/b", PAGE.format(title="B"))
    long = "<p>" + TEXT * 3 + "</p>"
    items = (
        f"<item><title>A</title><link>{web.url('/a')}</link><description><![CDATA[{long}]]>"
        "</description><pubDate>Tue, 12 May 2026 21:15:00 GMT</pubDate></item>"
        f"<item><title>B</title><link>{web.url('/b')}</link><description>Short.</description></item>"
        f"<item><title>C</title><link>{web.url('/c')}</link><description>Only this.</description>"
        "</item>"
    )
    url = web.page("/feed", feed(items), "application/rss+xml")
    good, bad = read(url)
    assert bad == []
    assert [(a.title, a.depth, a.source) for a in good] == [
        ("A", Depth.FULL, "The Observer"),
        ("B", Depth.FULL, "The Observer"),
        ("C", Depth.TEASER, "The Observer"),
    ]
    assert good[0].published is not None
    assert good[1].published is None, "a feed without dates stays without dates"
    assert TEXT in good[1].text
    assert good[2].text == "Only this."
    assert web.requests == ["/robots.txt", "/feed", "/b", "/c"]


def test_a_json_feed_and_an_opml_list_are_read(web: WebServer) -> None:
    """Both lead to the same articles; a feed of the list that fails is told alone."""
    body = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", '
        '"title": "T", "content_text": "' + TEXT * 3 + '", "date_published": "2026-05-12"}, 7]}'
    )
    web.page("/j", body, "application/feed+json")
    outlines = f'<outline xmlUrl="{web.url("/j")}"/><outline xmlUrl="{web.url("/gone")}"/>'
    url = web.page("/list", f"<opml version='2.0'><body>{outlines}</body></opml>", "text/xml")
    [article], [failure] = read(url)
    assert (article.title, article.key) == ("T", f"{web.url('/j')}#1")
    assert failure == Failure(web.url("/gone"), "answered 404 Not Found")


def test_each_fault_of_a_server_is_one_clear_line(web: WebServer) -> None:
    """The reason is named in words; no fault hangs or fills the memory."""
    web.redirect("/loop", "/pool")
    web.redirect("/pool", "/loop")
    for n in range(8):
        web.redirect(f"/far{n}", f"/far{n + 1}")
    faults = {
        web.url("/none"): "answered 404 Not Found",
        web.url("/loop"): "redirects in a circle",
        web.url("/far0"): "redirects more than 5 times",
        web.bomb("/bomb", 40): "is larger than 1 MB (FETCH_MAX_MB sets the limit)",
        web.drip("/drip"): "took longer than 1.5 s",
        web.page("/film", b"\x00\x01", "video/mp4"): "is video/mp4, not an article",
        web.page("/blank", "<html><body></body></html>"): "has no readable article text",
        web.page("/bad", b"nonsense", Content_Encoding="gzip"): "compressed in a way",
        web.redirect("/file", "file:///etc/passwd"): "is not an http or https address",
        "http://": "is not",
        "http://127.0.0.1:9/": "can't be reached",
    }
    for url, reason in faults.items():
        good, [failure] = read(url)
        assert good == []
        assert failure.source == url
        assert reason in failure.reason


def test_the_private_network_is_refused_by_address_name_and_redirect(web: WebServer) -> None:
    """Nothing is asked of a private address unless the setting allows it."""
    web.page("/secret", PAGE.format(title="Secret"))
    closed = Settings(fetch_timeout=5, fetch_delay=0)
    for url in (web.url("/secret"), web.url("/secret", host="localhost")):
        good, [failure] = read(url, closed)
        assert good == []
        assert "ALLOW_PRIVATE_NETWORK" in failure.reason
    assert web.requests == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("fe80::1%eth0", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """Loopback, private, link-local, shared and multicast ranges are not, mapped or not."""
    assert is_public(address) is public
