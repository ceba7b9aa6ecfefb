"""Each check of page_checks.py is shown to fail on a page that is broken.

A check that cannot fail proves nothing about the pages of the book.
"""

import random
from pathlib import Path

import pytest
from page_checks import (
    CHECKS,
    barriers,
    colours,
    errors,
    formulas,
    open_browser,
    outside,
    pictures,
    repeated_ids,
    shifts,
    too_high,
    too_wide,
    torn,
    visit,
    weight,
    wrong_theme,
)

GOOD = """<!doctype html>
<html lang="en" data-theme="light">
<head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width">{head}</head>
<body><main><h1>A page</h1><article>{body}</article></main></body></html>
"""
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
WIDE = '<div style="width:2000px">wide</div>'
CUT = (
    '<div style="overflow:hidden;width:200px">'
    '<table style="width:400px"><tr><td>x</td></tr></table></div>'
)
LOST = (
    '<div style="overflow:auto;width:200px">'
    '<table style="width:400px;margin-left:-100px"><tr><td>x</td></tr>'
    "</table></div>"
)
INSIDE = (
    '<div style="overflow:hidden;width:200px">'
    '<div style="overflow:auto;width:400px"><table style="width:390px">'
    "<tr><td>x</td></tr></table></div></div>"
)
UNFIT = (
    '<div style="container-type:inline-size;font-size:19px;width:9px">'
    '<p class="katex-display" style="overflow:auto"><b class="katex">wide</b></p></div>'
)
TORN = (
    '<p style="width:1px"><code class="literal">one '
    '<span style="display:inline-block">two</span></code>, three'
)
CLOSED = (
    '<div style="height:0;visibility:hidden"><div style="height:2000px">x</div></div>'
)
HIDDEN = '<p hidden style="color:#999">hidden</p>' * 2
LINK = '<p>Read <a href="#x" style="color:#222">this text</a> first.</p>' * 3
PLAIN_LINK = LINK[: len(LINK) // 3].replace("#222", "#222;text-decoration:none")
BROKEN = [  # check, head, body, what the complaint must say
    (
        outside,
        '<link rel="stylesheet" href="https://cdn.example/x.css">',
        "",
        "https://cdn.example/x.css",
    ),
    (
        outside,
        '<link rel="preconnect" href="https://fonts.example">',
        "",
        "https://fonts.example",
    ),
    (
        outside,
        "",
        '<script>fetch("https://count.example/hit").catch(() => 0)</script>',
        "https://count.example/hit",
    ),
    (
        outside,
        "",
        '<script>new WebSocket("wss://live.example/")</script>',
        "wss://live.example",
    ),
    (errors, "", "<script>console.error('no')</script>", "console error: no"),
    (errors, "", "<script>console.warn('hm')</script>", "console warning: hm"),
    (errors, "", "<script>throw new Error('oh')</script>", "exception: oh"),
    (errors, '<script src="lost.js"></script>', "", "ERR_FILE_NOT_FOUND"),
    (formulas, "", '<span class="katex"></span>', "no size"),
    (formulas, "", '<span class="katex">x</span>', "KaTeX_Main is not loaded"),
    (
        formulas,
        "",
        '<p style="width:1px"><span class="held"><b style="display:inline-block">x'
        '</b><i class="sign">,</i></span>',
        "a line breaks between x,",
    ),
    (formulas, "", UNFIT, "thought to be narrower: wide"),
    (formulas, "", '<span class="katex-error">\\no</span>', "could not read"),
    (formulas, "", "<p>So \\(x\\) is.</p>", "raw TeX"),
    (formulas, "", "<p>So $$x$$ is.</p>", "raw TeX"),
    (torn, "", TORN, "what follows one two"),
    (too_high, "", CLOSED, "px below the end"),
    (too_wide, "", WIDE, "scrolls sideways"),
    (too_wide, "", CUT, "is cut off"),
    (too_wide, "", LOST, "is cut off"),
    (too_wide, "", INSIDE, "is cut off"),
    (pictures, "", f'<img src="{DOT}">', "described as ''"),
    (
        pictures,
        "",
        f'<img src="{DOT}" alt="../_images/0123456789abcdef.png">',
        "described as",
    ),
    (
        pictures,
        "",
        f'<img src="{DOT}" alt="Plot of the loss after each of the steps">',
        "described as",
    ),
    (
        pictures,
        "",
        f'<img src="{DOT}" alt="The loss falls fast with every step">',
        "described as",
    ),
    (
        pictures,
        "",
        '<img src="lost.png" alt="The loss falls with every step of the training">',
        "is not there",
    ),
    (
        pictures,
        "",
        f'<img src="{DOT}" width="40" height="50" '
        'alt="The loss falls with every step of the training">',
        "is drawn out: 1.25",
    ),
    (repeated_ids, "", '<p id="a">x</p><p id="a">y</p>', "'a' is repeated"),
    (
        shifts,
        "",
        "<script>let n = 0; const late = () => ++n < 3 ? "
        "requestAnimationFrame(late) : document.body.prepend(Object.assign("
        "document.createElement('div'), {style: 'height:300px'})); late();"
        "</script>" + "<p>text</p>" * 40,
        "layout shift",
    ),
    (weight, '<link rel="stylesheet" href="heavy.css">', "", "kB, of which"),
    (barriers, "", '<p style="color:#999;background:#fff">faint</p>', "color-contrast"),
    # What looks otherwise is seen among much that is alike, or hidden.
    (
        barriers,
        "",
        "<p>text</p>" * 4
        + '<div style="background:#444"><p>dark</p></div>'
        + "<p>x</p>",
        "color-contrast",
    ),
    (
        barriers,
        "",
        HIDDEN + '<p style="color:#999">faint</p>' + HIDDEN,
        "color-contrast",
    ),
    (barriers, "", LINK + PLAIN_LINK + LINK, "link-in-text-block"),
    (colours, "", LINK + PLAIN_LINK + LINK, "link-in-text-block"),
    (colours, "", HIDDEN + '<b style="color:#999">faint</b>', "color-contrast"),
    (barriers, "", f'<img src="{DOT}">', "image-alt"),
    (barriers, "", "<button></button>", "button-name"),
]


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path):
    """Write a small page; give its address."""

    def written(head: str, body: str) -> str:
        page = tmp_path / "a page.html"
        (tmp_path / "heavy.css").write_bytes(
            b"/*" + random.Random(0).randbytes(500_000).replace(b"*", b"") + b"*/"
        )
        page.write_text(GOOD.format(head=head, body=body), "utf8")
        return page.as_uri()

    return written


@pytest.mark.parametrize(
    ("check", "head", "body", "words"),
    BROKEN,
    ids=[f"{check.__name__}-{number}" for number, (check, *_) in enumerate(BROKEN)],
)
def test_broken_page(browser, write, check, head, body, words):
    with visit(browser, write(head, body)) as opened:
        assert words in "\n".join(check(opened))


def test_wrong_theme(browser, write):
    with visit(browser, write("", "<p>x</p>"), theme="dark") as opened:
        assert wrong_theme(opened)


def test_good_page(browser, write):
    body = (
        f'<p>Text.</p><img alt="The loss falls with every step of training." '
        f'src="{DOT}"><div style="overflow:auto" tabindex="0" '
        f'role="region" aria-label="Table">{WIDE}</div>'
    )
    with visit(browser, write("", body)) as opened:
        assert [check(opened) for check in CHECKS] == [[]] * len(CHECKS)
