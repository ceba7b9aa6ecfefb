"""The page of exercises shows what the tests have counted.

It is apart from what counts: that needs no book, and runs while the book is made.
"""

import mutation
from bs4 import BeautifulSoup


def test_the_page_of_exercises_shows_the_counts(html):
    page = BeautifulSoup((html / "exercises.html").read_text("utf8"), "html.parser")
    tables = [table for table in page("table") if "harmless" in table.text]
    (*rows, whole), kept = tables[0].tbody("tr"), mutation.kept()
    for row in rows:
        chapter, *_, changed, harmless, named = (int(cell.text) for cell in row("td"))
        own = [kept[name] for name in kept if int(name[:2]) == chapter]
        assert changed == sum(entry["tried"] for entry in own)
        assert harmless == sum(len(entry["equivalent"]) for entry in own)
        assert named == sum(entry["named"] for entry in own)
    assert whole("td")[-1].text == str(sum(entry["named"] for entry in kept.values()))
