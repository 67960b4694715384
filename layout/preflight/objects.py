"""Rules about single objects, whatever page they hang on: forbidden streams, states, halftones, actions, media."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layout.preflight.report import Findings, Sheet
    from layout.preflight.rules import Flavour
    from layout.preflight.walk import Node

ACTION_KEYS: Final = ("/AA", "/OpenAction", "/AcroForm", "/JavaScript", "/JS")
ACTIONS: Final = frozenset(
    {
        *("/Launch", "/JavaScript", "/Movie", "/Sound", "/SubmitForm", "/ResetForm", "/ImportData", "/Named", "/Hide"),
        *("/Rendition", "/Trans", "/GoTo3DView", "/SetOCGState", "/URI", "/GoToR", "/GoTo", "/Thread", "/GoToE"),
    }
)
"""Values of /S in action dictionaries (ISO 32000-1, table 198)."""

MEDIA: Final = frozenset({"/Movie", "/Sound", "/Screen", "/3D", "/RichMedia", "/FileAttachment"})
"""Subtypes of annotations that carry media or files."""

RESOURCES: Final = frozenset({"/XObject", "/Font", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading", "/Properties"})
"""Resource dictionaries: their keys are names that somebody chose."""

PLAIN_BLENDS: Final = frozenset({"/Normal", "/Compatible"})
HALFTONES: Final = frozenset({1, 5})


def check_object(node: Node, sheet: Sheet | None, flavour: Flavour, findings: Findings) -> None:
    """Hold one dictionary or stream to the rules of its kind."""
    obj = node.obj
    if isinstance(obj, pikepdf.Stream):
        _stream(obj, sheet, flavour, findings)
    if node.key not in RESOURCES:
        for key, check in _BY_KEY.items():
            if key in obj:
                check(obj, sheet, findings)
    if node.holder == "/ExtGState" or obj.get("/Type") == "/ExtGState":
        _state(obj, sheet, findings)
    if node.key == "/Group" and obj.get("/S") == "/Transparency":
        _group(obj, sheet, findings)
    if obj.get("/S") in ACTIONS and node.key in {"/A", "/OpenAction", "/AA", "/Next"}:
        findings.add("E775", sheet, name=str(obj.S)[1:])


# --- streams ------------------------------------------------------------------------------------------------


def _stream(obj: pikepdf.Object, sheet: Sheet | None, flavour: Flavour, findings: Findings) -> None:
    if "/F" in obj and not isinstance(obj.get("/F"), pikepdf.Name):
        findings.add("E706", sheet, what=str(obj.get("/Subtype", obj.get("/Type", "/Stream")))[1:])
    for name in filters(obj):
        if name in flavour.filters:
            findings.add("E707", sheet, filter=name)
    subtype = obj.get("/Subtype")
    if subtype == "/PS" or obj.get("/Subtype2") == "/PS":
        findings.add("E771", sheet, what="XObject")
    if subtype == "/Image":
        _image(obj, sheet, findings)
    if subtype == "/Form" and "/Ref" in obj:
        findings.add("E773", sheet)


def filters(obj: pikepdf.Object) -> list[str]:
    """Return the names of a stream's filters."""
    stated = obj.get("/Filter")
    listed = list(stated) if isinstance(stated, pikepdf.Array) else [stated]
    return [str(name)[1:] for name in listed if isinstance(name, pikepdf.Name)]


def _image(obj: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    if obj.get("/BitsPerComponent") == 16:
        findings.add("E753", sheet)
    if "/SMask" in obj or obj.get("/SMaskInData", 0) != 0:
        findings.add("E765", sheet, what="a picture's soft mask", what_zh="图片的软蒙版")
    alternates = obj.get("/Alternates")
    if isinstance(alternates, pikepdf.Array) and any(
        isinstance(item, pikepdf.Dictionary) and bool(item.get("/DefaultForPrinting")) for item in alternates
    ):
        findings.add("E754", sheet)


# --- graphics states and groups -----------------------------------------------------------------------------


def _state(obj: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    if "/TR" in obj:
        findings.add("E761", sheet)
    if "/TR2" in obj and obj.TR2 != "/Default":
        findings.add("E762", sheet)
    if "/HTP" in obj:
        findings.add("E763", sheet)
    if "/HT" in obj:
        _halftone(obj.HT, sheet, findings)
    for what in transparency(obj):
        findings.add("E765", sheet, what=what)


def transparency(state: pikepdf.Object) -> list[str]:
    """Return what makes a graphics state's paint transparent, e.g. `ca 0.5`."""
    found = [f"{key} {float(state[f'/{key}']):g}" for key in ("CA", "ca") if _number(state.get(f"/{key}"), 1) != 1]
    blend = state.get("/BM", pikepdf.Name("/Normal"))
    modes = list(blend) if isinstance(blend, pikepdf.Array) else [blend]
    found += [f"BM {str(mode)[1:]}" for mode in modes if mode not in PLAIN_BLENDS]
    return found + (["SMask"] if state.get("/SMask", pikepdf.Name("/None")) != "/None" else [])


def _number(value: object, default: float) -> float:
    try:
        return default if value is None else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return default


def _halftone(tone: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    if not isinstance(tone, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    kind = tone.get("/HalftoneType")
    if kind not in HALFTONES:
        findings.add("E764", sheet, problem=f"type {kind}", problem_zh=f"类型 {kind}")
    if "/HalftoneName" in tone:
        findings.add("E764", sheet, problem="it has a name", problem_zh="带有名称")
    parts = [tone, *(tone.get(f"/{name}") for name in ("Cyan", "Magenta", "Yellow", "Black"))]
    if any(isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)) and "/TransferFunction" in part for part in parts):
        findings.add("E764", sheet, problem="it has a transfer function", problem_zh="带有传递函数")


def _group(group: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    findings.add("E765", sheet, what="a transparency group", what_zh="透明组")
    space = group.get("/CS")
    if space is None or space == "/DeviceCMYK":
        return
    family = space[0] if isinstance(space, pikepdf.Array) and len(space) else space
    if family == "/ICCBased" and isinstance(space[1], pikepdf.Stream) and space[1].get("/N") == 4:
        return
    findings.add("E766", sheet, space=str(family).lstrip("/"))


# --- keys that are forbidden wherever they stand --------------------------------------------------------------


def _action(obj: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    for key in ACTION_KEYS:
        if key in obj:
            findings.add("E775", sheet, name=key[1:])


def _opi(_: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    findings.add("E772", sheet)


def _postscript(_: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    findings.add("E771", sheet, what="/PS")


def _separated(_: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    findings.add("E778", sheet)


def _files(obj: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    findings.add("E777", sheet, name=next(key[1:] for key in ("/EmbeddedFiles", "/EF") if key in obj))


def _subtype(obj: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    if obj.Subtype in MEDIA:
        findings.add("E777", sheet, name=str(obj.Subtype)[1:])


def _optional(obj: pikepdf.Object, sheet: Sheet | None, findings: Findings) -> None:
    for problem, problem_zh in optional_content(obj.OCProperties):
        findings.add("E776", sheet, problem=problem, problem_zh=problem_zh)
    findings.add("E705", sheet, what="optional content")


def optional_content(properties: pikepdf.Object) -> list[tuple[str, str]]:
    """Return what is wrong with a file's optional content by PDF/X-4, in both languages."""
    if not isinstance(properties, pikepdf.Dictionary):
        return [("it is no dictionary", "不是字典")]
    others = properties.get("/Configs")
    listed = [properties.get("/D"), *(others if isinstance(others, pikepdf.Array) else ())]
    configs = [config for config in listed if isinstance(config, pikepdf.Dictionary)]
    problems: list[tuple[str, str]] = []
    names = [str(config.get("/Name", "")) for config in configs]
    if "" in names:
        problems.append(("a configuration without a name", "配置没有名称"))
    if len(set(names)) < len(names):
        problems.append(("two configurations of one name", "两个配置同名"))
    if any("/AS" in config for config in configs):
        problems.append(("a configuration switches by itself (AS)", "配置会自动切换（AS）"))
    groups = {group.objgen for group in properties.get("/OCGs", []) if isinstance(group, pikepdf.Dictionary)}
    if any("/Order" in config and not groups <= _listed(config.Order, 0) for config in configs):
        problems.append(("a group that the order does not list", "有图层未列入次序"))
    return problems


def _listed(order: pikepdf.Object, depth: int) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    if not isinstance(order, pikepdf.Array) or depth > 32:
        return found
    for item in order:
        found |= _listed(item, depth + 1) if isinstance(item, pikepdf.Array) else {getattr(item, "objgen", (0, 0))}
    return found


_BY_KEY: Final[Mapping[str, Callable[[pikepdf.Object, Sheet | None, Findings], None]]] = {
    **dict.fromkeys(ACTION_KEYS, _action),
    "/OPI": _opi,
    "/PS": _postscript,
    "/SeparationInfo": _separated,
    "/EmbeddedFiles": _files,
    "/EF": _files,
    "/Subtype": _subtype,
    "/OCProperties": _optional,
}
