"""Ten places of the book look as they did when somebody last looked at them."""

import io

import pytest
from PIL import Image, ImageDraw

from tests import screens
from tests.page_checks import open_browser
from tools.layout import BUILD

NEW = BUILD / "screens"


@pytest.fixture(scope="module")
def drawn(html):
    with open_browser() as browser:
        found = screens.drawn_by(browser)
        wanted = screens.DRAWN_BY.read_text("utf8").strip()
        if found != wanted:
            pytest.skip(f"the pictures are of {wanted}, and here is {found}")
        return screens.pictures(browser, html)


@pytest.mark.parametrize("name", screens.PLACES)
def test_a_place_looks_as_it_did(drawn, name):
    before = (screens.FOLDER / f"{name}.png").read_bytes()
    share = screens.other(before, drawn[name])
    if share > screens.MOST_OTHER:
        NEW.mkdir(exist_ok=True)
        (NEW / f"{name}.png").write_bytes(drawn[name])
        pytest.fail(
            f"{share:.1%} of the pixels of {name} have changed: see {NEW / name}.png; "
            "if it is better so, `make screens`"
        )


def test_every_picture_is_of_a_place_and_small():
    kept = {path.stem: path.stat().st_size for path in screens.FOLDER.glob("*.png")}
    assert set(kept) == set(screens.PLACES)
    assert max(kept.values()) <= screens.MOST_BYTES


class TestCompare:
    """What is seen as a change, and what is not."""

    def png(self, colour="white", size=(100, 50), box=()):
        made = io.BytesIO()
        picture = Image.new("RGB", size, colour)
        if box:
            ImageDraw.Draw(picture).rectangle(box, "black")
        picture.save(made, "PNG")
        return made.getvalue()

    def test_a_picture_is_like_itself(self):
        assert screens.other(self.png(), self.png()) == 0

    def test_noise_is_no_change(self):
        assert screens.other(self.png((250, 250, 250)), self.png()) == 0

    def test_a_letter_that_moves_is_a_change(self):
        one, other = self.png(box=(9, 9, 13, 15)), self.png(box=(11, 9, 15, 15))
        assert screens.other(one, other) > screens.MOST_OTHER

    def test_another_size_is_a_change(self):
        assert screens.other(self.png(size=(100, 51)), self.png()) == 1
