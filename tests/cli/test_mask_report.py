from __future__ import annotations

from qa.cli.command_line import main
from qa.cli.mask_report import count, page
from qa.schema import Article, Mask

LINE = "Baca juga: <script>alert(1)</script>"
TEXT = f"Hujan turun.\n{LINE}\nBanjir surut."


def article(id_, outlet="Pagi", rule="read-also"):
    start = TEXT.index(LINE)
    masks = (Mask(start=start, end=start + len(LINE), rule=rule),)
    return Article(id=id_, text=TEXT, source=id_, sha256=id_, outlet=outlet, masks=masks)


def test_shares_and_lines_are_counted_by_outlet_and_rule():
    found = count([article("a"), article("b"), article("c", "Sore", "repeated")])
    assert list(found) == ["Pagi", "Sore"]
    assert found["Pagi"].share == len(LINE) / len(TEXT)
    assert found["Pagi"].rules["read-also"].lines == {LINE: 2}
    assert found["Sore"].rules["repeated"].masks == 1


def test_what_articles_say_does_not_come_to_life():
    shown = page("mine", count([article("a", "<b>Pagi</b>"), article("b", "Sore", "repeated")]))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "<b>Pagi" not in shown
    assert "http" not in shown


def test_build_writes_the_page_and_a_reader_can_unmask_a_rule_and_a_line(tmp_path, root, capsys):
    report = tmp_path / "masks.html"
    build = ["build", str(root / "seeds"), "--index", "seeds", "--indexes", str(tmp_path / "indexes"), "--report", str(report)]
    assert main(build) == 0
    assert "subhead" in report.read_text(encoding="utf-8")
    assert "TRIBUNNEWS.COM" in report.read_text(encoding="utf-8")
    assert main([*build, "--unmask", "subhead", "--unmask", "headline"]) == 0
    assert "subhead" not in report.read_text(encoding="utf-8")
    assert main([*build[:-1], str(tmp_path / "nowhere" / "masks.html")]) == 2
    assert "--report" in capsys.readouterr().err
