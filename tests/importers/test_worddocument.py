"""Word files: styles to fields, pictures, tracked changes and comments with their place; nothing lost or trusted."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layout.diagnostics import InputError
from layout.importers import import_files
from layout.importers.assembly import MISSING_HEADLINE
from layout.model import BlockKind, Emphasis
from tests.importers.ledger import UNTOUCHED, assert_nothing_lost, bring, report, stories

if TYPE_CHECKING:
    from layout.importers import Imported
    from layout.model import Issue, Story

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
)
PARTS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATION}/comments" Target="comments.xml"/>'
    f'<Relationship Id="r2" Type="{RELATION}/footnotes" Target="footnotes.xml"/></Relationships>'
)


def run(text: str, details: str = "") -> str:
    return f'<w:r><w:rPr>{details}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def word(body: str, parts: dict[str, str] | None = None, head: str = "") -> bytes:
    """Return a Word file around the XML of a body."""
    document = f'{head}<w:document xmlns:w="{W}" xmlns:m="{M}"><w:body>{body}</w:body></w:document>'
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", document)
        archive.writestr("word/_rels/document.xml.rels", PARTS)
        for name in ("comments", "footnotes"):
            inner = (parts or {}).get(name, "")
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>')
        if parts and "header1" in parts:
            archive.writestr("word/header1.xml", f'<w:hdr xmlns:w="{W}">{parts["header1"]}</w:hdr>')
    return made.getvalue()


def taken(data: bytes, folder: Path) -> tuple[Imported, Issue]:
    (folder / "稿件.docx").write_bytes(data)
    return bring("docx", folder / "稿件.docx", folder / "out")


# --- what stands beside the text


REVISED = (
    f"<w:p>{run('大桥今晚通车')}</w:p>"
    f"<w:p>{run('封闭大修的')}<w:ins w:id='1' w:author='甲'>{run('清渡')}</w:ins>大桥"
    f"<w:del w:id='2' w:author='乙'><w:r><w:delText>昨晚</w:delText></w:r></w:del>{run('重新开放，江面无风。')}"
    "<w:commentRangeStart w:id='0'/><w:r><w:commentReference w:id='0'/></w:r></w:p>"
    f"<w:p>{run('第二段')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('。')}"
    f"<m:oMath><m:r><m:t>E=mc2</m:t></m:r></m:oMath></w:p>"
)
BESIDE = {
    "comments": f"<w:comment w:id='0' w:author='丙'><w:p>{run('核实时间')}</w:p></w:comment>",
    "footnotes": f"<w:footnote w:id='2'><w:p>{run('见公报。')}</w:p></w:footnote>",
    "header1": f"<w:p>{run('某报编辑部')}</w:p>",
}


def test_changes_and_comments_are_reported_with_their_paragraph(tmp_path: Path) -> None:
    made, issue = taken(word(REVISED, BESIDE), tmp_path)
    [story] = stories(issue)
    assert story.headline.text == "大桥今晚通车"
    assert [block.text.text for block in story.body] == [
        "封闭大修的清渡重新开放，江面无风。",
        "第二段1。",
        "1. 见公报。",
    ]
    assert [mark.emphasis for mark in story.body[1].text.marks] == [Emphasis.SUPERIOR]
    said = {(item.code, item.span.line): dict(item.values) for item in made.findings if item.span}
    assert said["W152", 2] == {"by": "甲", "text": "清渡"}
    assert said["W153", 2] == {"by": "乙", "text": "昨晚"}
    assert said["W154", 2] == {"by": "丙", "text": "核实时间"}
    dropped = {item["what"]: (item["text"], item["line"]) for item in report(tmp_path / "out")["dropped"]}
    assert dropped == {
        "deletion": ("昨晚", 2),
        "comment": ("核实时间", 2),
        "formula": ("E=mc2", 3),
        "header": ("某报编辑部", 0),
    }
    assert made.sources["稿件.docx"].splitlines()[1] == "封闭大修的清渡重新开放，江面无风。"


LARGE = '<w:sz w:val="44"/>'


def test_looks_stand_in_for_styles(tmp_path: Path) -> None:
    centre = "<w:pPr><w:jc w:val='center'/></w:pPr>"
    body = (
        f"<w:p>{centre}{run('肩题一行')}</w:p><w:p>{centre}{run('清渡大桥通车', LARGE)}</w:p>"
        f"<w:p>{centre}{run('双向六车道')}</w:p><w:p>{run('记者 沈知夏')}</w:p>"
        f"<w:p>{run('正文第一段，说的是桥。')}</w:p>"
        f"<w:p>{run('夜景', '<w:b/>')}</w:p><w:p/><w:p>{run('正文第二段。')}</w:p>"
    )
    _, issue = taken(word(body), tmp_path)
    [story] = stories(issue)
    heads = (story.kicker, story.headline, story.deck, story.byline)
    assert [head.text if head else "" for head in heads] == ["肩题一行", "清渡大桥通车", "双向六车道", "记者 沈知夏"]
    assert [block.kind for block in story.body] == [BlockKind.PARAGRAPH, BlockKind.SUBHEAD, BlockKind.PARAGRAPH]
    assert {guess["field"] for guess in report(tmp_path / "out")["guesses"]} >= {
        "kicker",
        "headline",
        "deck",
        "subhead",
    }


# --- what cannot be read


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E151"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E151"),
        ("a.rtf", b"{\\rtf1 x}", "E151"),
        ("a.docx", b"PK\x03\x04 no more", "E157"),
        ("a.docx", b"", "E157"),
        ("a.docx", word("<w:p>"), "E157"),
        ("a.docx", word("<w:p/>", head="<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"), "E157"),
        ("a.docx", word("<w:p/>"), "E158"),
    ],
)
def test_what_is_no_word_file_is_said(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        import_files("docx", [tmp_path / name], tmp_path / "out", UNTOUCHED)
    assert [item.code for item in caught.value.diagnostics] == [code]
    assert "root:" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_all_broken_files_of_a_folder_are_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.doc", "b.wps"):
        (tmp_path / "in" / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "in" / "c.docx").write_bytes(word(f"<w:p>{run('题')}</w:p><w:p>{run('文。')}</w:p>"))
    with pytest.raises(InputError) as caught:
        import_files("docx", [tmp_path / "in"], tmp_path / "out", UNTOUCHED)
    assert [str(item.span) for item in caught.value.diagnostics] == ["in/a.doc", "in/b.wps"]


# --- nothing is lost


TEXT = st.text("渡口早班船，。：“”（）abc1&<>", min_size=1, max_size=10)
PIECES: st.SearchStrategy[tuple[str, str]] = st.one_of(
    TEXT.map(lambda text: (run(text), text)),
    TEXT.map(lambda text: (run(text, "<w:b/><w:sz w:val='36'/>"), text)),
    TEXT.map(lambda text: (f"<w:ins w:id='1' w:author='甲'>{run(text)}</w:ins>", text)),
    TEXT.map(lambda text: (f"<w:moveTo w:id='1'>{run(text)}</w:moveTo>", text)),
    TEXT.map(lambda text: (f"<w:del w:id='1'><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>", text)),
    TEXT.map(lambda text: (f"<w:moveFrom w:id='1'>{run(text)}</w:moveFrom>", text)),
    TEXT.map(lambda text: (f"<w:smartTag>{run(text)}</w:smartTag>", text)),
    TEXT.map(lambda text: (f"<w:hyperlink w:anchor='x'>{run(text)}</w:hyperlink>", text)),
    TEXT.map(lambda text: (f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>", text)),
    TEXT.map(lambda text: (f"<w:unheardOf>{run(text)}</w:unheardOf>", text)),
    TEXT.map(lambda text: (f"<m:oMath><m:r><m:t>{escape(text)}</m:t></m:r></m:oMath>", text)),
    TEXT.map(
        lambda text: (
            f"<w:ins w:id='1'><w:del w:id='2'><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del></w:ins>",
            text,
        )
    ),
    st.just(("<w:r><w:br/></w:r>", "")),
)
STYLES = ["Title", "Subtitle", "heading 1", "heading 2", "caption", "小标题", "Quote", ""]


def joined(parts: list[tuple[str, str]], before: str, after: str) -> tuple[str, str]:
    return before + "".join(xml for xml, _ in parts) + after, "".join(text for _, text in parts)


PARAGRAPHS = st.builds(
    lambda parts, details: joined(parts, f"<w:p><w:pPr>{details}</w:pPr>", "</w:p>"),
    st.lists(PIECES, max_size=4),
    st.sampled_from(["", "<w:jc w:val='center'/>", "<w:rPr><w:del w:id='9'/></w:rPr>"]),
)
CELLS = st.lists(PARAGRAPHS, min_size=1, max_size=2).map(lambda parts: joined(parts, "<w:tc>", "</w:tc>"))
TABLES = st.lists(CELLS, min_size=1, max_size=3).map(lambda cells: joined(cells, "<w:tbl><w:tr>", "</w:tr></w:tbl>"))


@settings(max_examples=40)
@given(st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES), min_size=1, max_size=6), st.lists(TEXT, max_size=2))
def test_no_character_of_a_word_file_is_lost(blocks: list[tuple[str, str]], notes: list[str]) -> None:
    body, text = joined(blocks, "", "")
    parts = {
        "comments": "".join(
            f"<w:comment w:id='{at}'><w:p>{run(note)}</w:p></w:comment>" for at, note in enumerate(notes)
        ),
        "header1": "".join(f"<w:p>{run(note)}</w:p>" for note in notes),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.docx").write_bytes(word(body, parts))
        try:
            import_files("docx", [folder / "a.docx"], folder / "out", UNTOUCHED)
        except InputError as error:
            stopped = [item.code for item in error.diagnostics]
            assert stopped == ["E158"]
            return
        missing = sum(item["code"] == "W160" for item in report(folder / "out")["findings"])
        assert_nothing_lost(text + 2 * "".join(notes), folder / "out", added=MISSING_HEADLINE * missing)


# --- files of other programs


def picture() -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (1200, 800), "gray").save(made, "PNG")
    made.seek(0)
    return made


def written_by_python_docx(path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("清渡大桥今晚通车", 0)
    document.add_paragraph("双向六车道", style="Subtitle")
    paragraph = document.add_paragraph("本报讯（记者 沈知夏）封闭大修的大桥，")
    paragraph.add_run("今晚8时").bold = True
    paragraph.add_run("重新开放。")
    document.add_heading("夜景", 1)
    document.add_paragraph("第二段。")
    document.add_picture(picture())
    document.add_paragraph("图为大桥夜景。本报记者 邵川 摄", style="Caption")
    table = document.add_table(2, 2)
    for at, text in enumerate(("线路", "首班", "8路", "6:30")):
        table.cell(at // 2, at % 2).text = text
    document.save(str(path))


def test_a_file_of_python_docx(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    written_by_python_docx(tmp_path / "a.docx")
    made, issue = bring("docx", tmp_path / "a.docx", tmp_path / "out")
    check_bridge(stories(issue)[0])
    assert [item.code for item in made.findings if item.code == "W155"] == ["W155"]


def check_bridge(story: Story) -> None:
    assert story.deck is not None
    assert (story.headline.text, story.deck.text) == ("清渡大桥今晚通车", "双向六车道")
    assert story.dateline is not None
    assert story.byline is not None
    assert (story.dateline.text, story.byline.text) == ("本报讯", "记者 沈知夏")
    assert [(block.kind.value, block.text.text) for block in story.body] == [
        ("paragraph", "封闭大修的大桥，今晚8时重新开放。"),
        ("subhead", "夜景"),
        ("paragraph", "第二段。"),
        ("paragraph", "线路　首班"),
        ("paragraph", "8路　6:30"),
    ]
    marks = story.body[0].text.marks
    assert [(mark.emphasis, story.body[0].text.text[mark.start : mark.end]) for mark in marks] == [
        (Emphasis.HEI, "今晚8时")
    ]
    [photo] = story.photos
    assert photo.caption is not None
    assert photo.credit is not None
    assert (photo.caption.text, photo.credit.text) == ("图为大桥夜景。", "本报记者 邵川 摄")
    assert photo.pixels == (1200, 800)


def test_a_file_of_libreoffice(tmp_path: Path) -> None:
    """LibreOffice writes the file anew: its own style names, its own XML."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here (Debian: libreoffice-writer)")
    pytest.importorskip("docx")
    written_by_python_docx(tmp_path / "a.docx")
    (tmp_path / "made").mkdir()
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    words = [office, home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "made")]
    done = subprocess.run([*words, str(tmp_path / "a.docx")], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "made" / "a.docx").read_bytes() != (tmp_path / "a.docx").read_bytes()
    _, issue = bring("docx", tmp_path / "made" / "a.docx", tmp_path / "out")
    check_bridge(stories(issue)[0])
