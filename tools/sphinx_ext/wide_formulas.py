"""Sphinx extension: how wide each displayed formula is, so that it fits a phone.

KaTeX has set a formula before a page is written: what is beside each other, what is
above each other, in which size, with which gaps. Only the widths of letters are
missing, and one for most of them is near enough. book/look/math.css makes a formula
smaller whose width, `--ems`, is more than its column's.
"""

import re
from html.parser import HTMLParser

DISPLAYED = re.compile(r'<div class="math.*?>(.*?)</div>', re.S)
GAP = re.compile(r"(?:^|;)(?:margin-left|margin-right|width|min-width):(-?[\d.]+)em")
SIZE = re.compile(r"sizing reset-size\d size(\d)")
SIZES = (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488)  # KaTeX's
#: Of letters, in ems: a little more than they are, since less would be cut off.
LETTER = 0.53
OTHERS = {"∑∏⟹⟵⟶": 1.5, "=+−≈≤≥→←mMWHXYATVBDGNOCQRU×": 0.82, "()[]|,.:;ijlItfr′": 0.32}
WIDTHS = {sign: width for signs, width in OTHERS.items() for sign in signs}
EDGES = {"nulldelimiter": 0.12, "delimsizing": 0.4}  # of fractions, and high brackets
HIDDEN = {"katex-mathml", "eqno", "vlist-s"}


def letters(text: str) -> float:
    """About how wide a text is, in ems of its size."""
    return sum(WIDTHS.get(sign, LETTER) for sign in text if not sign.isspace())


class Widths(HTMLParser):
    """Adds up what is beside each other, and takes the widest of a pile."""

    def __init__(self):
        super().__init__()
        self.open = [("", 1.0, 0.0, [])]  # class, size, gap, widths of the children

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        name, style = said.get("class") or "", said.get("style") or ""
        size = SIZE.search(name)
        gap = sum(map(float, GAP.findall(style)))
        gap += next((EDGES[word] for word in EDGES if word in name), 0)
        factor = SIZES[int(size[1]) - 1] if size else 1.0
        self.open.append((name, factor, gap, []))

    def handle_endtag(self, tag):
        name, size, gap, widths = self.open.pop()
        pile = {"vlist", "vlist-t"} & set(name.split())
        width = (max if pile else sum)(widths or [0.0])
        hidden = HIDDEN & set(name.split())
        self.open[-1][3].append(0.0 if hidden else size * width + gap)

    def handle_data(self, data):
        self.open[-1][3].append(letters(data))


def ems(formula: str) -> float:
    """About how wide a formula is that KaTeX has set, in ems."""
    widths = Widths()
    widths.feed(formula)
    return sum(widths.open[0][3])


def with_width(found: re.Match) -> str:
    """A formula that says how wide it is."""
    return f'<div style="--ems: {ems(found[1]):.1f}"{found[0][4:]}'


def write_widths(app, pagename, templatename, context, doctree):
    """Write the width of each formula into the page."""
    if "body" in context:
        context["body"] = DISPLAYED.sub(with_width, context["body"])


def setup(app):
    app.connect("html-page-context", write_widths)
