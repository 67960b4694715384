"""Files as a whole: what the standards demand, boxes, sharing, the same bytes every time."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from layout.color import Ink
from layout.display import Fill, Key, Outline, Rule
from layout.geometry import Rect, mm, points
from layout.pdf.metadata import DocumentInfo
from layout.pdf.variants import VARIANTS

if TYPE_CHECKING:
    from layout.condition import PrintCondition
    from layout.pdf.content import PageContent
    from tests.pdf.conftest import Desk, Reader

ROOT = Path(__file__).resolve().parents[2]
JARS = Path("/usr/share/java")
PREFLIGHT = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "commons-io",
    "javax.activation",
    "jaxb-api",
)


@pytest.fixture(scope="module")
def pages(desk: Desk) -> list[PageContent]:
    def page(name: str, words: str) -> PageContent:
        return desk.content(
            desk.run(words, face="hei-black", size=36_000, ink=Ink(0, 100, 100, 0)),
            desk.run("澄河隧道昨日贯通，全长3.6公里。", y=80_000),
            desk.run("记者 沈知夏", face="kai", y=100_000),
            Rule(Key("page", "rule"), 0, 110_000, 300_000, 110_000, 500, Ink(0, 0, 0, 100)),
            Outline(Key("page", "rule"), Rect(10_000, 120_000, 80_000, 60_000), 400, Ink(0, 0, 0, 100)),
            Fill(Key("page", "rule"), Rect(100_000, 120_000, 80_000, 60_000), Ink(0, 0, 0, 30)),
            page=name,
        )

    return [page("A01", "清渡大桥"), page("A02", "白苎湖")]


@pytest.fixture(scope="module", params=["x1a", "x4"])
def variant(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pdf(desk: Desk, pages: list[PageContent], variant: str) -> bytes:
    made: bytes = desk.file(pages, variant=variant)
    return made


def test_header_and_trailer(pdf: bytes, variant: str) -> None:
    assert pdf.startswith(f"%PDF-{VARIANTS[variant].pdf_version}\n%".encode())
    assert all(byte >= 0x80 for byte in pdf[10:14])
    assert b"/ObjStm" not in pdf
    assert b"/XRef" not in pdf
    with pikepdf.open(BytesIO(pdf)) as file:
        assert [len(bytes(part)) for part in file.trailer.ID] == [16, 16]
    assert not re.search(rb"[^\r\n]endstream", pdf)


def test_output_intents_share_one_profile(pdf: bytes, condition: PrintCondition) -> None:
    with pikepdf.open(BytesIO(pdf)) as file:
        intents = list(file.Root.OutputIntents)
        assert [str(intent.S) for intent in intents] == ["/GTS_PDFX", "/GTS_PDFA1"]
        assert len({intent.DestOutputProfile.objgen for intent in intents}) == 1
        for intent in intents:
            assert str(intent.OutputConditionIdentifier) == "CGATS TR 002"
            assert str(intent.RegistryName) == "http://www.color.org"
            assert str(intent.Info)
        profile = intents[0].DestOutputProfile
        assert int(profile.N) == 4
        assert profile.read_bytes() == Path(condition.profile).read_bytes()


def test_information_and_metadata_agree(pdf: bytes, variant: str) -> None:
    with pikepdf.open(BytesIO(pdf)) as file:
        info = file.docinfo
        assert str(info.Title) == "清渡晚报 A01"
        assert str(info.CreationDate) == str(info.ModDate) == "D:20261122000000Z"
        assert info.Trapped == pikepdf.Name("/False")
        assert str(info.GTS_PDFXVersion) == VARIANTS[variant].pdfx
        assert "/Filter" not in file.Root.Metadata
        with file.open_metadata() as xmp:
            assert xmp["dc:title"] == "清渡晚报 A01"
            assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == xmp["xmp:MetadataDate"] == "2026-11-22T00:00:00Z"
            assert xmp["xmp:CreatorTool"] == str(info.Creator)
            assert xmp["pdf:Producer"] == str(info.Producer)
            assert (int(xmp["pdfaid:part"]), xmp["pdfaid:conformance"]) == VARIANTS[variant].pdfa
            assert all(xmp[f"xmpMM:{name}"] for name in ("DocumentID", "VersionID", "RenditionClass"))
            stated = {name for name in ("pdf:Trapped", "pdfxid:GTS_PDFXVersion") if name in xmp}
            assert stated == (set() if variant == "x1a" else {"pdf:Trapped", "pdfxid:GTS_PDFXVersion"})


def test_cid_sets_only_where_pdfa_1_wants_them(pdf: bytes, variant: str) -> None:
    assert (b"/CIDSet" in pdf) is (variant == "x1a")


def test_graphics_states(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as file:
        states = file.pages[0].Resources.ExtGState
        on, off = states.GSo, states.GSk
        assert (bool(on.OP), bool(on.op), int(on.OPM)) == (True, True, 1)
        assert (bool(off.OP), bool(off.op)) == (False, False)
        assert not {"/CA", "/ca", "/SMask", "/BM", "/TR", "/HTP"} & {*on.keys(), *off.keys()}


def test_boxes_without_bleed(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as file:
        for page in file.pages:
            width, height = mm(270) / 1000, mm(390) / 1000
            for box in (page.mediabox, page.trimbox, page.obj.BleedBox):
                assert [float(edge) for edge in box] == [0, 0, pytest.approx(width), pytest.approx(height)]
            assert "/ArtBox" not in page.obj


def test_boxes_and_marks_around_a_bleed(desk: Desk, condition: PrintCondition, placed: Reader) -> None:
    run = desk.run("清渡")
    bleeding = desk.content(run, bleed=mm(3))
    plain = desk.file([bleeding])
    marked = desk.file([bleeding], condition=replace(condition, marks="crop"))
    bare = placed(desk.file([desk.content(run)]))[0]
    for pdf, margin in ((plain, mm(3)), (marked, mm(3) + mm(3) + mm(5))):
        with pikepdf.open(BytesIO(pdf)) as file:
            page = file.pages[0].obj
            trim, bleed, media = (
                [float(edge) * 1000 for edge in page[f"/{box}Box"]] for box in ("Trim", "Bleed", "Media")
            )
            content = page.Contents.read_bytes()
        assert trim == pytest.approx([margin, margin, margin + mm(270), margin + mm(390)])
        assert bleed == pytest.approx([margin - mm(3)] * 2 + [margin + mm(273), margin + mm(393)])
        assert media == pytest.approx([0, 0, 2 * margin + mm(270), 2 * margin + mm(390)])
        assert f"1 0 0 1 {points(margin)} {points(margin)} cm\n".encode() in content
        assert content.count(b" l S") == (8 if pdf is marked else 0)
        assert (b"1 1 1 1 K" in content) is (pdf is marked)
        glyph = placed(pdf)[0]  # in the space moved by `cm`
        assert (glyph.x, glyph.y) == (bare.x, bare.y)


def test_marks_stand_outside_the_bleed(desk: Desk, condition: PrintCondition) -> None:
    from PIL import Image

    from layout.raster import render

    pdf = desk.file([desk.content(bleed=mm(3))], condition=replace(condition, marks="crop"))
    page = Image.open(BytesIO(render(pdf, 0, 72))).convert("L").point(lambda value: 255 * (value < 200))
    margin, gap = mm(11) // 1000, mm(8) // 1000
    inner = page.crop((gap, gap, page.width - gap, page.height - gap))
    assert page.getbbox() is not None
    assert inner.getbbox() is None
    assert margin > gap


def test_programs_and_profile_are_shared(pdf: bytes) -> None:
    assert pdf.count(b"/FontFile3") == 2
    assert pdf.count(b"/FontFile2") == 1
    assert pdf.count(b"/DestOutputProfile") == 2
    assert pdf.count(b"/N 4") == 1


def test_pages_carry_their_labels(pdf: bytes) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        assert [document.get_page_label(number) for number in range(len(document))] == ["A01", "A02"]


def test_qpdf_finds_nothing(pdf: bytes, tmp_path: Path) -> None:
    need("qpdf")
    (tmp_path / "a.pdf").write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors" in done.stdout


def test_all_fonts_are_embedded_with_texts(pdf: bytes, tmp_path: Path) -> None:
    need("pdffonts")
    (tmp_path / "a.pdf").write_bytes(pdf)
    done = subprocess.run(["pdffonts", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True)
    rows = done.stdout.splitlines()[2:]
    assert len(rows) == 3
    for row in rows:
        assert re.search(r"CID (Type 0C|TrueType) +Identity-H +yes yes yes ", row), row
    assert done.stderr == ""


def test_ghostscript_renders_without_a_word(pdf: bytes, tmp_path: Path) -> None:
    need("gs")
    (tmp_path / "a.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r36"]
    done = subprocess.run(
        [*command, "-o", str(tmp_path / "%d.tif"), str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
    )
    assert "Warning" not in done.stdout + done.stderr
    assert "rror" not in done.stdout + done.stderr
    assert list(tmp_path.glob("1*.tif"))


def need(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def test_pdfbox_holds_the_twin_to_pdfa_1b(desk: Desk, pages: list[PageContent], tmp_path: Path) -> None:
    done = preflight(desk.file(pages, intents=("pdfa",)), tmp_path)
    assert "is a valid PDF/A-1b file" in done, done


def test_pdfbox_sees_what_is_wrong(desk: Desk, pages: list[PageContent], tmp_path: Path) -> None:
    """The check above can fail: a twin whose widths are not the program's is refused."""
    with pikepdf.open(BytesIO(desk.file(pages, intents=("pdfa",)))) as file:
        file.pages[0].Resources.Font.F1.DescendantFonts[0].DW = 700
        out = BytesIO()
        file.save(out, fix_metadata_version=False, preserve_pdfa=True)
    assert "is a valid PDF/A-1b file" not in preflight(out.getvalue(), tmp_path)


def preflight(pdf: bytes, folder: Path) -> str:
    need("java")
    jars = [JARS / f"{name}.jar" for name in PREFLIGHT]
    if not all(jar.is_file() for jar in jars):
        pytest.skip("PDFBox preflight is not installed (libpdfbox2-java libjaxb-api-java libactivation-java)")
    (folder / "twin.pdf").write_bytes(pdf)
    command = ["java", "-cp", ":".join(map(str, jars)), "org.apache.pdfbox.preflight.Validator_A1b"]
    return subprocess.run([*command, str(folder / "twin.pdf")], capture_output=True, text=True, check=False).stdout


def test_twin_states_pdfa_alone(desk: Desk, pages: list[PageContent]) -> None:
    with pikepdf.open(BytesIO(desk.file(pages, variant="x4", intents=("pdfa",)))) as file:
        assert [str(intent.S) for intent in file.Root.OutputIntents] == ["/GTS_PDFA1"]
        assert "/GTS_PDFXVersion" not in file.docinfo
        with file.open_metadata() as xmp:
            assert "pdfxid:GTS_PDFXVersion" not in xmp


SCRIPT = """
import hashlib, json, pickle, sys
from pathlib import Path
from layout.fontbook import load_fontbook
from layout.pdf.writer import write_pdf
from layout.resources import fonts_folder
pages, condition, info = pickle.loads(Path(sys.argv[1]).read_bytes())
faces = load_fontbook(fonts_folder()).faces
for variant in ("x1a", "x4"):
    pdf = write_pdf(pages, faces=faces, pictures={}, artwork={}, condition=condition, variant=variant, info=info)
    sys.stdout.write(hashlib.sha256(pdf).hexdigest() + "\\n")
"""


def test_same_bytes_in_other_processes_folders_and_hash_seeds(
    desk: Desk, pages: list[PageContent], condition: PrintCondition, tmp_path: Path
) -> None:
    import pickle

    info = DocumentInfo(title="清渡晚报 A01", date="2026-11-22")
    (tmp_path / "pages").write_bytes(pickle.dumps((pages, condition, info)))
    expected = [hashlib.sha256(desk.file(pages, variant=name)).hexdigest() for name in ("x1a", "x4")]
    for seed, zone in (("1", "Asia/Shanghai"), ("4242", "America/New_York")):
        folder = tmp_path / seed
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path / "pages")],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        assert done.stdout.split() == expected


def test_clock_does_not_get_in(desk: Desk, pages: list[PageContent], monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.file(pages)
    for moment in (0.0, 2_000_000_000.0):
        monkeypatch.setattr("time.time", lambda moment=moment: moment)
        again = desk.file([replace(page, content=page.content) for page in pages])
        assert again == first
        assert desk.content(desk.run("清渡")) == desk.content(desk.run("清渡"))


def test_titles_are_escaped_and_wrong_dates_refused(
    desk: Desk, pages: list[PageContent], condition: PrintCondition
) -> None:
    from layout.pdf.writer import write_pdf

    def made(info: DocumentInfo) -> bytes:
        return write_pdf(pages, faces=desk.faces, pictures={}, artwork={}, condition=condition, variant="x4", info=info)

    pdf = made(DocumentInfo(title="A&B <头版>", date="2026-11-22"))
    with pikepdf.open(BytesIO(pdf)) as file, file.open_metadata() as xmp:
        assert xmp["dc:title"] == "A&B <头版>"
    with pytest.raises(ValueError, match="month"):
        made(DocumentInfo(title="t", date="2026-13-01"))
