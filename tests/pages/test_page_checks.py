"""Each check of page_checks.py is shown to fail on a page that is broken.

A check that cannot fail proves nothing about the pages of the book.
"""

import random

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
from playwright.sync_api import Page

GOOD = """<!doctype html>
<html lang="en" data-theme="light">
<head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width">{head}</head>
<body><main><h1>A page</h1><article>{body}</article></main></body></html>
"""
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
DESCRIBED = "The loss falls with every step of the training"
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
SHADOW = (
    "<div id='host'></div><script>host.attachShadow({mode: 'open'}).innerHTML = "
    "'<p style=\"color:#999\">faint</p>'</script>"
)
PLAIN_LINK = LINK[: len(LINK) // 3].replace("#222", "#222;text-decoration:none")
BROKEN = [  # check, head, body, what the complaints must say
    (
        outside,
        '<link rel="stylesheet" href="https://cdn.example/x.css">'
        '<link rel="preconnect" href="https://fonts.example">',
        '<script>fetch("https://count.example/hit").catch(() => 0)</script>'
        '<script>new WebSocket("wss://live.example/")</script>',
        "https://cdn.example/x.css",
        "https://fonts.example",
        "https://count.example/hit",
        "wss://live.example",
    ),
    (
        errors,
        '<script src="lost.js"></script>',
        "<script>console.error('no')</script><script>console.warn('hm')</script>"
        "<script>throw new Error('oh')</script>",
        "ERR_FILE_NOT_FOUND",
        "console error: no",
        "console warning: hm",
        "exception: oh",
    ),
    (
        formulas,
        "",
        '<span class="katex"></span><span class="katex">x</span>'
        '<p style="width:1px"><span class="held"><b style="display:inline-block">x'
        '</b><i class="sign">,</i></span></p><span class="katex-error">\\no</span>'
        "<p>So \\(y\\) is.</p><p>So $$z$$ is.</p>",
        "no size",
        "KaTeX_Main is not loaded",
        "a line breaks between x,",
        "could not read: \\no",
        "raw TeX in the text: So \\(y",
        "raw TeX in the text: So $$z",
    ),
    (formulas, "", UNFIT, "thought to be narrower: wide"),
    (torn, "", TORN, "what follows one two"),
    (too_high, "", CLOSED, "px below the end"),
    (too_wide, "", WIDE, "scrolls sideways"),
    (too_wide, "", CUT, "is cut off"),
    (too_wide, "", LOST, "is cut off"),
    (too_wide, "", INSIDE, "is cut off"),
    (
        pictures,
        "",
        f'<img src="{DOT}">'
        f'<img src="{DOT}" alt="../_images/0123456789abcdef.png">'
        f'<img src="{DOT}" alt="Plot of the loss after each of the steps">'
        f'<img src="{DOT}" alt="The loss falls fast with every step">'
        f'<img src="lost.png" alt="{DESCRIBED}">'
        f'<img src="{DOT}" width="40" height="50" alt="{DESCRIBED}">',
        "described as ''",
        "described as '../_images",
        "described as 'Plot of the loss",
        "described as 'The loss falls fast",
        "lost.png is not there",
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
    (colours, "", SHADOW, "color-contrast"),
    (barriers, "", f'<img src="{DOT}">', "image-alt"),
    (barriers, "", "<button></button>", "button-name"),
]


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Write a small page; give its address."""
    folder = tmp_path_factory.mktemp("pages")
    heavy = random.Random(0).randbytes(500_000).replace(b"*", b"")
    (folder / "heavy.css").write_bytes(b"/*" + heavy + b"*/")

    def written(head: str, body: str) -> str:
        page = folder / "a page.html"
        page.write_text(GOOD.format(head=head, body=body), "utf8")
        return page.as_uri()

    return written


@pytest.mark.parametrize(
    ("check", "head", "body", "words"),
    [(check, head, body, words) for check, head, body, *words in BROKEN],
    ids=[f"{check.__name__}-{number}" for number, (check, *_) in enumerate(BROKEN)],
)
def test_broken_page(browser, write, monkeypatch, check, head, body, words):
    monkeypatch.setattr(Page, "wait_for_timeout", lambda *_: None)  # it stays broken
    with visit(browser, write(head, body)) as opened:
        complaints = "\n".join(check(opened))
    assert [one for one in words if one not in complaints] == []


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


def test_a_page_is_as_it_was_after_its_checks(browser, write):
    """And of the same elements: what is made anew begins again."""
    code = "<pre><span class='k'>if</span> <span class='k'>x</span></pre>"
    formula = "<math><mi>x</mi></math><span class='katex-html'>x</span>"
    with visit(browser, write("", SHADOW + (code + formula) * 3)) as opened:
        before = opened.page.content()
        all_of_them = opened.page.evaluate_handle("[...document.querySelectorAll('*')]")
        assert barriers(opened) != []
        colours(opened)
        opened.page.evaluate("void pageChecks.whole()")
        assert opened.page.content() == before
        assert opened.page.evaluate("all => all.every(e => e.isConnected)", all_of_them)
