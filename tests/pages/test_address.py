"""A book with an address and a repository says so; one without says nothing."""

import re

import pytest
from PIL import Image
from small_books import NOTEBOOK, build

from tools import address, layout
from tools.layout import ROOT

URL, REPO = "https://example.org/a/book", "https://github.com/someone/book"
PAGE = (
    NOTEBOOK.replace("---\n", "---\ndescription: What a page says of itself.\n", 1)
    + """# One & only

```{eval-rst}
.. automodule:: rnn_src.palette
   :members:
```
"""
)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page of a book that is published, and the folder that it is in."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(address, "GIVEN", folder / "_config.yml")
        patch.setenv("RNN_BOOK_URL", URL + "/")
        patch.setenv("RNN_BOOK_REPO", REPO)
        done = build(folder, PAGE)
    assert done.returncode == 0, done.log
    html = folder / "_build" / "html"
    return (html / "index.html").read_text("utf8"), html


def test_it_names_its_own_address(page):
    text, html = page
    assert f'<link rel="canonical" href="{URL}/index.html" />' in text
    assert f'<meta property="og:url" content="{URL}/index.html" />' in text
    assert f"<loc>{URL}/index.html</loc>" in (html / "sitemap.xml").read_text("utf8")


def test_it_has_a_picture_for_those_who_share_a_link(page):
    text, html = page
    (name,) = re.findall(rf'<meta property="og:image" content="{URL}/(.*?)" />', text)
    with Image.open(html / name) as picture:
        assert picture.size == (1200, 630)
        assert len(picture.convert("RGB").getcolors(2**20)) > 20  # it is drawn
    alt = "One &amp; only. What a page says of itself."
    assert f'<meta property="og:image:alt" content="{alt}" />' in text


def test_it_leads_to_its_repository(page):
    text, _ = page
    assert f'href="{REPO}/edit/main/book/index.md"' in text
    assert f'href="{REPO}/issues/new?' in text
    assert "https://mybinder.org/v2/gh/someone/book/main?urlpath=lab/tree/book" in text


def test_a_function_leads_to_its_lines(page):
    links = re.findall(rf'href="{REPO}/blob/main/(.*?)#L(\d+)-L(\d+)"', page[0])
    assert len(links) == 2
    for file, first, last in links:
        lines = (ROOT / file).read_text("utf8").splitlines()
        assert lines[int(first) - 1].startswith("def ")
        assert lines[int(last) - 1].strip().startswith("return ")


def test_the_book_without_an_address_names_none(html):
    assert not (html / "sitemap.xml").exists() and not (html / "cards").exists()
    for file in html.glob("*.html"):
        text = file.read_text("utf8")
        for word in ('rel="canonical"', "og:url", "og:image", "/edit/main/", "binder"):
            assert word not in text, (file.name, word)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("URL", "example.org"), ("REPO", "git@github.com:a/b"), ("URL", "https:///x")],
)
def test_what_is_no_address_gets_one_line(monkeypatch, variable, value):
    monkeypatch.setenv(f"RNN_BOOK_{variable}", value)
    with pytest.raises(SystemExit, match=f"book: {variable}={value} is no address"):
        address.settings()


def test_the_lines_of_the_settings_count_as_those_of_the_command(monkeypatch):
    for name in layout.PUBLISHED:
        monkeypatch.delenv(name, raising=False)
    lines = (ROOT / "_config.yml").read_text("utf8")
    lines = lines.replace("# repository:", "repository:").replace(
        "# baseurl", "baseurl"
    )
    monkeypatch.setattr(address.Path, "read_text", lambda *_: lines)
    config = address.settings()
    assert config["html"]["baseurl"] == "https://example.org/book/"
    theme = config["sphinx"]["config"]["html_theme_options"]
    assert theme["repository_url"] == "https://github.com/someone/book"


def test_another_address_is_another_book(monkeypatch):
    monkeypatch.setenv("RNN_BOOK_URL", URL)
    key = layout.book_key()
    monkeypatch.setenv("RNN_BOOK_URL", URL + "/second")
    assert layout.book_key() != key
