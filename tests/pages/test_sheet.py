"""The sheet of pictures has every page, on every screen, to its end."""

import pytest

from tools import browser, sheet


def test_a_page_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SystemExit, match="no page has the name nothing"):
        sheet.sheet(tmp_path, tmp_path / "sheet", ["nothing"])


@pytest.mark.skipif(not browser.find(), reason=browser.MISSING)
def test_a_long_page_comes_in_slices(tmp_path, monkeypatch):
    for name, value in ("WIDTHS", (390, 1280)), ("SLICE", 800):
        monkeypatch.setattr(sheet, name, value)
    page = "<!doctype html><title>long</title><p style='height: 1000px'>a word"
    (tmp_path / "long.html").write_text(page, "utf8")
    folder = tmp_path / "sheet"
    sheet.sheet(tmp_path, folder, [])
    pictures = {path.name for path in folder.glob("*.png")}
    assert len(pictures) == len(sheet.WIDTHS) * len(sheet.THEMES) * 2
    shown = (folder / "index.html").read_text("utf8")
    assert all(f'src="{name}"' in shown for name in pictures)
