"""What the judges of the web say of the built pages: vnu and Lighthouse.

    python -m tools.report

The W3C checker looks at all pages, Lighthouse opens each as on a desktop. Both
come from npm into _build/report, and need Java, Chromium and the network. The
report is printed, and written to _build/report/report.md. No test asserts what
it says, since it measures times; what can be tested without them, is.
"""

import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import browser, installing, serve
from tools.layout import BUILD, HTML

FOLDER = BUILD / "report"
PACKAGES = ("lighthouse@13", "vnu-jar@26")
#: What stays.
ACCEPTED = (
    # The button that shows a folded cell, by MyST-NB.
    "Element \u201cp\u201d not allowed as child of element \u201csummary\u201d",
    "negative values are not allowed",  # a strut of KaTeX; browsers ignore it
)
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}


def install() -> None:
    """Put the two judges below _build."""
    npm = shutil.which(
        "npm", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    )
    if npm is None or shutil.which("java") is None:
        sys.exit("report: npm or java is not found; install both")
    FOLDER.mkdir(parents=True, exist_ok=True)
    quiet = ("--no-fund", "--no-audit", "--loglevel=error")
    installing.run(npm, "install", *quiet, *PACKAGES, cwd=FOLDER)


def invalid(pages: list[Path]) -> list[str]:
    """The errors of the W3C checker that are not accepted."""
    (jar,) = FOLDER.glob("node_modules/vnu-jar/build/dist/vnu.jar")
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--errors-only", *pages],
        capture_output=True,
        text=True,
    )
    return [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')}: "
        f"{message['message']}"
        for message in json.loads(done.stderr)["messages"]
        if not any(known in message["message"] for known in ACCEPTED)
    ]


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files as hosts of pages do: text compressed."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.suffix not in (".html", ".css", ".js", ".svg"):
            super().do_GET()
            return
        if not path.is_file():
            self.send_error(404)
            return
        data = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def scores(url: str) -> dict[str, int]:
    """Lighthouse's marks for a page, out of 100."""
    done = subprocess.run(
        [
            FOLDER / "node_modules/.bin/lighthouse",
            url,
            "--preset=desktop",
            "--output=json",
            "--quiet",
            f"--only-categories={','.join(LEAST)}",
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        env=os.environ | {"CHROME_PATH": browser.find() or ""},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"report: Lighthouse stopped at {url}: {done.stderr[-400:]}")
    found = json.loads(done.stdout)["categories"]
    return {name: round(100 * (found[name]["score"] or 0)) for name in LEAST}


def main() -> None:
    install()
    pages = sorted(HTML.glob("*.html"))
    errors = invalid(pages)
    lines = [
        f"W3C checker: {len(errors)} errors on {len(pages)} pages that "
        "are not accepted",
        *errors,
        "",
        f"| page | {' | '.join(LEAST)} |",
        "|---" * (len(LEAST) + 1) + "|",
    ]
    print("\n".join(lines), flush=True)
    with serve.served(HTML, Compressing) as address:
        for page in pages:
            marks = scores(f"{address}{page.name}")
            cells = [
                f"{mark}{'' if mark >= LEAST[name] else ' (low)'}"
                for name, mark in marks.items()
            ]
            lines.append(f"| {page.stem} | {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    (FOLDER / "report.md").write_text("\n".join(lines) + "\n", "utf8")


if __name__ == "__main__":
    main()
