"""The texts of what preflight finds in press files, in both languages; the rules stand in `layout.preflight.rules`."""

from __future__ import annotations

from typing import Final

PRESS_CODES: Final[dict[str, dict[str, str]]] = {
    "E700": {"en": "not a PDF file that can be read: {problem}", "zh": "不是可读的 PDF 文件：{problem}"},
    "E701": {
        "en": "the file is PDF {version}, {flavour} allows {limit}",
        "zh": "文件版本为 PDF {version}，{flavour} 只许 {limit}",
    },
    "E702": {"en": "no comment of binary bytes follows the header", "zh": "文件头之后缺少二进制注释行"},
    "E703": {"en": "the trailer has no file identifier (ID)", "zh": "文件尾缺少文件标识（ID）"},
    "E704": {"en": "the file is encrypted", "zh": "文件已加密"},
    "E705": {"en": "{what}: not allowed in PDF 1.4", "zh": "含有 {what}：PDF 1.4 不许使用"},
    "E706": {"en": "a stream lies outside the file: {what}", "zh": "数据流在文件之外：{what}"},
    "E707": {"en": "streams are packed by {filter}", "zh": "数据流使用了 {filter} 压缩"},
    "E708": {"en": "the file is damaged: {problem}", "zh": "文件已损坏：{problem}"},
    "E709": {"en": "too large to be checked: {problem}", "zh": "文件过大，无法检查：{problem}"},
    "E711": {"en": "the document information has no {name}", "zh": "文档信息缺少 {name}"},
    "E712": {"en": "Trapped is {value}; True or False is wanted", "zh": "Trapped 为 {value}，应为 True 或 False"},
    "E713": {
        "en": "the file does not say which PDF/X it is (found: {value})",
        "zh": "文件没有标明 PDF/X 版本（现为：{value}）",
    },
    "E714": {"en": "XMP metadata: {problem}", "zh": "XMP 元数据：{problem}"},
    "E715": {
        "en": "{name} in the document information is not that of the XMP metadata",
        "zh": "文档信息中的 {name} 与 XMP 元数据不一致",
    },
    "E721": {
        "en": "{count} output intents for PDF/X, exactly one is wanted",
        "zh": "PDF/X 输出意图有 {count} 个，应恰为一个",
    },
    "E722": {
        "en": "the output intent has no OutputConditionIdentifier",
        "zh": "输出意图缺少 OutputConditionIdentifier",
    },
    "E723": {"en": "the output intent has no profile: {problem}", "zh": "输出意图缺少特性文件：{problem}"},
    "E724": {"en": "the output intent's profile: {problem}", "zh": "输出意图的特性文件：{problem}"},
    "E725": {
        "en": "the output intents of PDF/X and PDF/A have different profiles",
        "zh": "PDF/X 与 PDF/A 的输出意图使用了不同的特性文件",
    },
    "W726": {
        "en": "made for “{found}”, the press prints “{wanted}”",
        "zh": "文件针对“{found}”，印刷条件为“{wanted}”",
    },
    "E731": {"en": "page boxes: {problem}", "zh": "页面框：{problem}"},
    "E732": {"en": "{inner} reaches outside {outer}", "zh": "{inner} 超出 {outer}"},
    "E733": {"en": "viewer preference {name} is {value}", "zh": "查看器偏好 {name} 为 {value}"},
    "E734": {"en": "the page has a UserUnit", "zh": "页面设有 UserUnit"},
    "W735": {"en": "the page is turned by {angle}°", "zh": "页面旋转了 {angle}°"},
    "W736": {
        "en": "the page is {width} × {height} mm, the first is {first_width} × {first_height} mm",
        "zh": "本页为 {width}×{height} 毫米，首页为 {first_width}×{first_height} 毫米",
    },
    "W737": {"en": "nothing is printed on the page", "zh": "页面没有任何印刷内容"},
    "E741": {"en": "font {font} is not embedded", "zh": "字体 {font} 没有嵌入"},
    "E742": {
        "en": "font {font}: {count} widths are not those of its program, first code {number}: {stated} for {real}",
        "zh": "字体 {font}：有 {count} 个字宽与字体程序不符，首个编码 {number}：记为 {stated}，实为 {real}",
    },
    "E743": {"en": "font {font}: {problem}", "zh": "字体 {font}：{problem}"},
    "W744": {"en": "font {font} is a Type 3 font", "zh": "字体 {font} 是 Type 3 字体"},
    "E745": {
        "en": "font {font} shows {count} missing glyphs (.notdef)",
        "zh": "字体 {font} 有 {count} 个缺字（.notdef）",
    },
    "W746": {
        "en": "font {font}: Courier often stands in for a missing font",
        "zh": "字体 {font}：Courier 常为缺字体的替代",
    },
    "W747": {
        "en": "font {font}: {count} codes have no character in its ToUnicode map",
        "zh": "字体 {font}：有 {count} 个编码在 ToUnicode 中没有对应字符",
    },
    "E748": {"en": "font {font} may not be embedded (fsType {bits})", "zh": "字体 {font} 不许嵌入（fsType {bits}）"},
    "E749": {
        "en": "the program of font {font} cannot be read: {problem}",
        "zh": "字体 {font} 的程序无法读取：{problem}",
    },
    "E751": {"en": "{space} colour in {what}", "zh": "{what}使用 {space} 颜色"},
    "E752": {"en": "ICC-based CMYK in {what}", "zh": "{what}使用带特性文件的 CMYK"},
    "E753": {"en": "a picture of 16 bits a component", "zh": "图片为每通道 16 位"},
    "E754": {"en": "a picture has another one in its stead for printing", "zh": "图片另有用于印刷的替代图"},
    "E755": {"en": "spot colour “{name}” in {what}", "zh": "{what}使用专色“{name}”"},
    "E756": {"en": "registration colour inside the page in {what}", "zh": "{what} 在版面内使用套版色"},
    "E757": {
        "en": "the alternate space of “{name}” is {space}, not CMYK or grey",
        "zh": "“{name}”的替代颜色空间是 {space}，不是 CMYK 或灰度",
    },
    "E761": {"en": "a transfer function (TR)", "zh": "含有传递函数（TR）"},
    "E762": {"en": "a transfer function (TR2) that is not Default", "zh": "含有非 Default 的传递函数（TR2）"},
    "E763": {"en": "a halftone origin (HTP)", "zh": "含有网点原点（HTP）"},
    "E764": {"en": "halftone: {problem}", "zh": "网点：{problem}"},
    "E765": {"en": "transparency: {what}", "zh": "透明：{what}"},
    "E766": {
        "en": "a transparency group blends in {space}, the output is CMYK",
        "zh": "透明组在 {space} 中混合，而输出为 CMYK",
    },
    "E771": {"en": "PostScript: {what}", "zh": "含有 PostScript：{what}"},
    "E772": {"en": "an OPI reference", "zh": "含有 OPI 引用"},
    "E773": {"en": "a reference XObject", "zh": "含有引用型 XObject"},
    "E774": {"en": "an annotation ({kind}) inside the page", "zh": "版面内有注释（{kind}）"},
    "E775": {"en": "an action or a form: {name}", "zh": "含有动作或表单：{name}"},
    "E776": {"en": "optional content: {problem}", "zh": "可选内容：{problem}"},
    "E777": {"en": "an embedded file or a medium: {name}", "zh": "含有嵌入文件或多媒体：{name}"},
    "E778": {"en": "the page is one plate of a separated page", "zh": "页面是预先分色的单色版"},
    "E779": {"en": "unknown operator `{name}`", "zh": "未知的操作符 `{name}`"},
    "E781": {
        "en": "a picture of {ppi} ppi, at least {limit} are needed",
        "zh": "图片只有 {ppi} ppi，至少需要 {limit} ppi",
    },
    "W782": {"en": "a picture of {ppi} ppi, {limit} are wanted", "zh": "图片只有 {ppi} ppi，应不低于 {limit} ppi"},
    "W783": {
        "en": "line art of {ppi} ppi, {limit} are wanted",
        "zh": "线条图只有 {ppi} ppi，应不低于 {limit} ppi",
    },
    "W784": {
        "en": "a picture of {ppi} ppi, more than {limit} are of no use",
        "zh": "图片达 {ppi} ppi，超过 {limit} ppi 并无用处",
    },
    "W785": {
        "en": "{kind} text of {size} pt, at least {limit} pt are wanted",
        "zh": "{kind}文字为 {size} 磅，应不小于 {limit} 磅",
    },
    "W786": {
        "en": "{kind} line of {width} pt, at least {limit} pt are wanted",
        "zh": "{kind}线条为 {width} 磅，应不细于 {limit} 磅",
    },
    "E787": {
        "en": "text of {size} pt in rich black ({ink}), plain black is wanted below {limit} pt",
        "zh": "{size} 磅文字使用叠色黑（{ink}），小于 {limit} 磅应为单黑",
    },
    "W788": {"en": "black text of {size} pt does not overprint", "zh": "{size} 磅黑字没有叠印"},
    "E789": {"en": "white {what} overprints and vanishes", "zh": "白色{what}设为叠印，将会消失"},
    "W790": {"en": "a black line of {width} pt does not overprint", "zh": "{width} 磅黑线没有叠印"},
    "E791": {
        "en": "{ink} in {what}: {total} % ink, the limit is {limit} %",
        "zh": "{what}为 {ink}：总墨量 {total}%，上限 {limit}%",
    },
    "E792": {
        "en": "{total} % ink, averaged over {area} mm², the limit is {limit} %",
        "zh": "{area} 平方毫米内平均总墨量 {total}%，上限 {limit}%",
    },
    "W793": {"en": "the plates could not be made: {problem}", "zh": "无法生成分色版：{problem}"},
}
