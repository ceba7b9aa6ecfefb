"""Write what makes an app of the book: its manifest, its icons, and its service worker.

    _build/html/manifest.webmanifest, icon-192.png, icon-512.png, sw.js

The worker (tools/sw.js) gets the hash of every file, and each page the edition,
which is a hash of all of them: so a page that is open learns of a newer one.
"""

import hashlib
import json
from pathlib import Path

from rnn_src.palette import LINK, PAPER
from tools import icon
from tools.layout import HTML, PROJECT, ROOT, TITLE

SIZES = (192, 512)
WORKER = "sw.js"
NOT_READ = {".buildinfo", "objects.inv", WORKER}  # by no page
HEAD = '<meta name="edition" content="{}" />\n</head>'


def manifest() -> dict:
    """What a browser wants to know of an app. All paths begin where it lies."""
    pictures = [
        {"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in SIZES
    ]
    drawing = {"src": "_static/favicon.svg", "sizes": "any", "type": "image/svg+xml"}
    return {
        "name": TITLE,
        "short_name": "RNNs by hand",
        "description": PROJECT["description"],
        "lang": "en",
        "id": "./",
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": LINK,
        "background_color": PAPER,
        "icons": [drawing, *pictures],
    }


def hashes(html: Path) -> dict[str, str]:
    """A hash of each file of a built book that a page may ask for."""
    return {
        file.relative_to(html).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(html.rglob("*"))
        if file.is_file() and file.name not in NOT_READ and file.suffix != ".map"
    }


def write(html: Path) -> str:
    """Make an app of a built book; return its edition."""
    made = json.dumps(manifest(), ensure_ascii=False, indent=1)
    (html / "manifest.webmanifest").write_text(made, "utf8")
    for size in SIZES:
        (html / f"icon-{size}.png").write_bytes(icon.png(size))
    found = hashes(html)
    edition = hashlib.sha256(json.dumps(found).encode()).hexdigest()[:16]
    for page in html.glob("*.html"):
        text = page.read_text("utf8")
        page.write_text(text.replace("</head>", HEAD.format(edition), 1), "utf8")
    files = json.dumps({name: value[:12] for name, value in found.items()})
    source = (ROOT / "tools" / WORKER).read_text("utf8")
    head = f'const EDITION = "{edition}";\nconst FILES = {files};\n'
    (html / WORKER).write_text(head + source, "utf8")
    return edition


def main() -> None:
    write(HTML)


if __name__ == "__main__":
    main()
