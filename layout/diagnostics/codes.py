"""The texts of all findings, in both languages.

One row a code; a code is never used again for something else. Letters: E error, W warning, I information.
Hundreds: 1 input, 2 style, 3 fonts, 4 fitting, 5 pictures and output, 6 the front page's duties,
7 preflight, 8 proofreading, 9 our own bugs.
Placeholders are the same in both texts (a test compares them).
"""

from __future__ import annotations

from typing import Final

from layout.diagnostics.presscodes import PRESS_CODES

CODES: Final[dict[str, dict[str, str]]] = {
    # --- input ------------------------------------------------------------------------------------------
    "E101": {"en": "file not found: `{file}`", "zh": "找不到文件：`{file}`"},
    "E102": {"en": "not valid YAML: {problem}", "zh": "不是合法的 YAML：{problem}"},
    "E103": {"en": "duplicate key `{name}`", "zh": "键 `{name}` 重复"},
    "E104": {"en": "unknown field `{name}`", "zh": "未知字段 `{name}`"},
    "E105": {"en": "missing field `{name}`", "zh": "缺少字段 `{name}`"},
    "E106": {"en": "`{name}` has a wrong value: {problem}", "zh": "`{name}` 的值不对：{problem}"},
    "E107": {
        "en": "not UTF-8: byte {byte} at offset {offset} cannot be read",
        "zh": "不是 UTF-8 编码：第 {offset} 字节处的 {byte} 无法读取",
    },
    "E108": {"en": "path leaves the issue's folder: `{file}`", "zh": "路径超出了本期文件夹：`{file}`"},
    "E109": {"en": "story id `{name}` is used twice", "zh": "稿件编号 `{name}` 重复使用"},
    "E110": {"en": "page id `{name}` is used twice", "zh": "版号 `{name}` 重复使用"},
    "E111": {"en": "markup `{name}` is opened but never closed", "zh": "标记 `{name}` 没有收尾"},
    "E112": {
        "en": "the story has no front matter between two `---` lines",
        "zh": "稿件开头没有两行 `---` 之间的稿件信息",
    },
    "E113": {"en": "not a picture that can be read: `{file}`", "zh": "无法读取的图片：`{file}`"},
    "E114": {
        "en": "full-width colon after `{name}`: YAML needs a half-width colon and a space",
        "zh": "`{name}` 后面是全角冒号：YAML 要用半角冒号加空格",
    },
    "E115": {"en": "tab character used to indent", "zh": "用制表符缩进"},
    "E116": {"en": "pin outside the page: {problem}", "zh": "固定位置超出版面：{problem}"},
    "E117": {"en": "pins overlap: `{first}` and `{second}`", "zh": "固定位置相互重叠：`{first}` 与 `{second}`"},
    "E118": {"en": "the story has neither text nor picture", "zh": "稿件既无正文也无图片"},
    "E119": {"en": "unknown kind of advert `{name}`", "zh": "未知的广告规格 `{name}`"},
    "E120": {
        "en": "advert `{name}` is {width} × {height} mm, booked are {booked_width} × {booked_height} mm",
        "zh": "广告 `{name}` 为 {width}×{height} 毫米，所订为 {booked_width}×{booked_height} 毫米",
    },
    "E121": {"en": "control character U+{codepoint} in the text", "zh": "正文中有控制字符 U+{codepoint}"},
    "E122": {"en": "`{file}` cannot be read: {problem}", "zh": "无法读取 `{file}`：{problem}"},
    "E123": {"en": "markup `{name}` is closed but was never opened", "zh": "标记 `{name}` 只有收尾没有开头"},
    "E124": {"en": "advert id `{name}` is used twice", "zh": "广告编号 `{name}` 重复使用"},
    "E125": {"en": "page {where} has no story or group `{name}`", "zh": "{where} 版没有稿件或组稿 `{name}`"},
    "E126": {"en": "the issue has no page `{name}`", "zh": "本期没有 `{name}` 版"},
    "E127": {"en": "`{name}` is planned twice", "zh": "`{name}` 在版面方案中出现两次"},
    "E128": {
        "en": "`{name}` is frozen but its place is not whole: column, columns, line and lines are needed",
        "zh": "`{name}` 已冻结，但位置不全：需要 column、columns、line 和 lines",
    },
    "E129": {"en": "`{name}` cannot be pinned so: {problem}", "zh": "`{name}` 不能这样固定：{problem}"},
    "E140": {"en": "the index names `{name}`, which is no story of the issue", "zh": "导读所列 `{name}` 不是本期稿件"},
    "E141": {
        "en": "`{name}` has no page of its own yet and cannot change its style",
        "zh": "`{name}` 尚未定版，不能改动版式",
    },
    "E142": {"en": "no page is open to `{name}`", "zh": "没有可排 `{name}` 的版"},
    "W131": {"en": "byte-order mark at the start of the file is ignored", "zh": "忽略文件开头的字节顺序标记"},
    "W132": {
        "en": "`{name}` at the start of a line means nothing here and is printed as it stands",
        "zh": "行首的 `{name}` 在这里不是标记，将照原样印出",
    },
    "W133": {
        "en": "everything from ` #` on is a comment and is not printed",
        "zh": "自“ #”起是注释，不会印出",
    },
    # --- importing ----------------------------------------------------------------------------------------
    "E150": {
        "en": "`{file}` cannot be imported: it is {found}",
        "zh": "`{file}` 无法导入：它是{found}",
    },
    "E151": {
        "en": "`{file}` is {found}, which only its own program can open",
        "zh": "`{file}` 是{found}，只有原来的软件能打开",
    },
    "E152": {
        "en": "the encoding of `{file}` is in doubt: {first} reads “{first_text}”, {second} reads “{second_text}”",
        "zh": "`{file}` 的编码无法确定：按 {first} 读作“{first_text}”，按 {second} 读作“{second_text}”",
    },
    "E153": {"en": "`{file}` is in no known encoding", "zh": "`{file}` 不属于任何已知编码"},
    "E154": {"en": "`{file}` is refused: {problem}", "zh": "拒绝读取 `{file}`：{problem}"},
    "E155": {
        "en": "`{file}` holds nothing of the kind {kind} ({suffixes})",
        "zh": "`{file}` 中没有 {kind} 类文件（{suffixes}）",
    },
    "E156": {"en": "the folder `{file}` is not empty", "zh": "文件夹 `{file}` 不是空的"},
    "E157": {"en": "`{file}` cannot be read as {kind}: {problem}", "zh": "`{file}` 无法按 {kind} 读取：{problem}"},
    "E158": {"en": "no story found in `{file}`", "zh": "`{file}` 中没有找到稿件"},
    "E159": {
        "en": "converting between Simplified and Traditional needs the package `{name}`",
        "zh": "简繁转换需要安装 `{name}`",
    },
    "W150": {"en": "left out, {what}: “{text}”", "zh": "未收入稿件（{what}）：“{text}”"},
    "W151": {"en": "taken as {field}: “{text}” ({why})", "zh": "认作 {field}：“{text}”（{why}）"},
    "W152": {
        "en": "tracked insertion by {by} is taken over: “{text}”",
        "zh": "{by} 在修订中插入的文字已收入：“{text}”",
    },
    "W153": {
        "en": "tracked deletion by {by} is left out: “{text}”",
        "zh": "{by} 在修订中删去的文字未收入：“{text}”",
    },
    "W154": {"en": "comment by {by} is left out: “{text}”", "zh": "{by} 的批注未收入：“{text}”"},
    "W155": {
        "en": "a table of {rows} rows becomes paragraphs, one a row",
        "zh": "有 {rows} 行的表格已变为段落，一行一段",
    },
    "W156": {
        "en": "the picture `{file}` is not there; a placeholder stands in",
        "zh": "找不到图片 `{file}`，以占位图代替",
    },
    "W157": {
        "en": "the picture `{file}` is no kind that can be printed ({found}); a placeholder stands in",
        "zh": "图片 `{file}` 的格式（{found}）不能印刷，以占位图代替",
    },
    "W158": {
        "en": "cleaned by the rule {rule}, {count} times; the first: “{before}” → “{after}” in “{context}”",
        "zh": "按规则 {rule} 清理 {count} 处；首处：“{before}”→“{after}”，见“{context}”",
    },
    "W159": {"en": "`{file}` was read as {encoding}", "zh": "`{file}` 按 {encoding} 编码读取"},
    "W160": {
        "en": "the story has no headline; “{text}” stands in for it",
        "zh": "稿件没有标题，以“{text}”代替",
    },
    "W161": {
        "en": "a character was lost before this file came here (U+FFFD)",
        "zh": "有一个字在此文件到来之前已经丢失（U+FFFD）",
    },
    "W162": {
        "en": "{count} notes stand at the end of the story, numbered",
        "zh": "{count} 条注释已编号排在文末",
    },
    "W163": {"en": "`{file}` is no {kind} file and is passed over", "zh": "`{file}` 不是 {kind} 文件，已略过"},
    # --- style ------------------------------------------------------------------------------------------
    "E201": {"en": "no style named `{name}`", "zh": "没有名为 `{name}` 的样式"},
    "E202": {"en": "styles extend each other in a circle: {chain}", "zh": "样式循环继承：{chain}"},
    "E203": {"en": "unknown style key `{name}`", "zh": "未知的样式键 `{name}`"},
    "E204": {"en": "style value `{name}` is wrong: {problem}", "zh": "样式值 `{name}` 不对：{problem}"},
    "E205": {"en": "style value `{name}` is missing", "zh": "缺少样式值 `{name}`"},
    "E206": {"en": "the type area does not fit the trim size: {problem}", "zh": "版心放不进成品尺寸：{problem}"},
    "E207": {"en": "a story cannot change the style key `{name}`", "zh": "单篇稿件不能改动样式键 `{name}`"},
    "E208": {"en": "no print condition named `{name}`", "zh": "没有名为 `{name}` 的印刷条件"},
    "E209": {
        "en": "the profile `{file}` of the print condition is missing or is not the one with the stated hash",
        "zh": "印刷条件的色彩特性文件 `{file}` 缺失，或与所记的校验值不符",
    },
    # --- inserts ------------------------------------------------------------------------------------------
    "E210": {"en": "the insert that begins here has no end", "zh": "这里开始的插件没有结束"},
    "E211": {"en": "there is no insert named `{name}`", "zh": "没有名为 `{name}` 的插件"},
    "E212": {"en": "this is no table: {problem}", "zh": "这不是表格：{problem}"},
    "E213": {"en": "the insert `{name}` is empty", "zh": "插件 `{name}` 是空的"},
    "E214": {
        "en": "the table needs {needed} mm and its leg has {measure} mm",
        "zh": "表格至少宽 {needed} 毫米，所在的栏只有 {measure} 毫米",
    },
    "W210": {
        "en": "this row has {count} cells, the head has {wanted}",
        "zh": "这一行有 {count} 格，表头有 {wanted} 格",
    },
    # --- fonts ------------------------------------------------------------------------------------------
    "E301": {"en": "face `{name}`: file `{file}` not found", "zh": "字体 `{name}`：找不到文件 `{file}`"},
    "E302": {"en": "no role named `{name}` in fonts.yaml", "zh": "fonts.yaml 中没有角色 `{name}`"},
    "E303": {
        "en": "no face has the character {char} (U+{codepoint})",
        "zh": "所有字体都缺字：{char}（U+{codepoint}）",
    },
    "E304": {
        "en": "face `{name}` may not be embedded (fsType {bits})",
        "zh": "字体 `{name}` 不许嵌入（fsType {bits}）",
    },
    "E305": {"en": "face `{name}` cannot be read: {problem}", "zh": "字体 `{name}` 无法读取：{problem}"},
    "W311": {
        "en": "{count} characters from fallback face `{name}`: {chars}",
        "zh": "{count} 个字取自后备字体 `{name}`：{chars}",
    },
    # --- fitting ----------------------------------------------------------------------------------------
    "E401": {
        "en": "{lines} lines ({chars} characters) of `{name}` do not fit, from “{start}”",
        "zh": "`{name}` 有 {lines} 行（{chars} 字）排不下，自“{start}”起",
    },
    "E402": {
        "en": "no place on the page for `{name}`",
        "zh": "版面上放不下 `{name}`",
    },
    "W403": {
        "en": "a hole of {columns} columns × {lines} lines at column {column}, line {line}",
        "zh": "第 {column} 栏第 {line} 行起有 {columns} 栏×{lines} 行的空白",
    },
    "W404": {"en": "the page is short of copy by {lines} column lines", "zh": "版面缺稿 {lines} 栏行"},
    "W405": {"en": "the page has {lines} column lines too much copy", "zh": "版面超稿 {lines} 栏行"},
    "W406": {
        "en": "loose lines: {count}; the loosest has gaps of {gap} em, in paragraph {paragraph}",
        "zh": "有 {count} 行松行，最松的在第 {paragraph} 段，字距达 {gap} em",
    },
    "W407": {
        "en": "the headline “{text}” fills only {fill} % of its width",
        "zh": "标题“{text}”只占行宽的 {fill}%",
    },
    "W408": {
        "en": "the headline “{text}” does not fit its width at the smallest size and was set over it",
        "zh": "标题“{text}”以最小字号仍排不下",
    },
    "W409": {
        "en": "the vertical headline “{text}” is too long or too large to stand beside its text and stands over it",
        "zh": "竖题“{text}”在正文一侧排不下，已改排在正文上方",
    },
    "W420": {
        "en": "to fit the page, cut {lines} lines ({chars} characters) of `{name}` from paragraph {paragraph} on: "
        "“{start}” to the end",
        "zh": "为排下本版，请将 `{name}` 自第 {paragraph} 段“{start}”起删至文末，计 {lines} 行（{chars} 字）",
    },
    "W421": {
        "en": "cut from `{name}`: {lines} lines ({chars} characters) from paragraph {paragraph} on: "
        "“{start}” to the end",
        "zh": "已删 `{name}` 第 {paragraph} 段“{start}”至文末，计 {lines} 行（{chars} 字）",
    },
    "W422": {
        "en": "`{name}` asks to go on in {to}, but {problem}; it is set whole on its page",
        "zh": "`{name}` 要求转至 {to} 版，但{problem}；现整篇排在本版",
    },
    "W423": {
        "en": "page {to} has no room for the rest of `{name}`",
        "zh": "{to} 版排不下 `{name}` 的转版部分",
    },
    "W424": {"en": "filler `{name}` is set to fill the page", "zh": "用补白稿 `{name}` 补足版面"},
    "W425": {
        "en": "{subject} is left out of `{name}` to fit the page",
        "zh": "为排下本版，`{name}` 略去{subject}",
    },
    "W428": {
        "en": "the pull quote “{text}” does not stand in the story like this",
        "zh": "提要引语“{text}”与正文文字不一致",
    },
    "E420": {
        "en": "`{name}` asks to go on in {to}, the page where it stands",
        "zh": "`{name}` 要求转版，却仍转至本版 {to}",
    },
    "W411": {
        "en": "“{text}” in paragraph {paragraph} is too long for its line and is broken after “{head}”",
        "zh": "第 {paragraph} 段的“{text}”一行排不下，断在“{head}”之后",
    },
    "W412": {
        "en": "the headline “{text}” cannot stand in the picture's quiet area ({problem}) and stands above the text",
        "zh": "标题“{text}”不能压在图片的安静区内（{problem}），已改排在正文上方",
    },
    "W413": {
        "en": "the mark {name} means nothing in a headline, which keeps one face; its text is set plain",
        "zh": "标题只用一种字体，标记 {name} 不起作用，文字照常排出",
    },
    "I472": {
        "en": "page {to} was given {copy} column lines of copy for {free}: {share} %",
        "zh": "{to} 版空位 {free} 栏行，派稿 {copy} 栏行，为 {share}%",
    },
    "W471": {
        "en": "the heads of `{name}` on page {page_left} and `{other}` on page {page_right} meet at the fold",
        "zh": "{page_left} 版 `{name}` 与 {page_right} 版 `{other}` 隔缝对题",
    },
    "I470": {
        "en": "`{name}` goes to page {to} ({area} column lines): {problem}",
        "zh": "`{name}` 排在 {to} 版（约 {area} 栏行）：{problem}",
    },
    "I471": {
        "en": "`{name}` moves from page {old} to page {new}, where it fits better",
        "zh": "`{name}` 由 {old} 版调至 {new} 版，两版更合适",
    },
    "W460": {
        "en": "`{name}` is no longer set as the plan has it ({problem}): its place is kept and it is set anew",
        "zh": "`{name}` 已不能照版面方案排（{problem}）：位置不动，重新排",
    },
    "W461": {
        "en": "the plan puts `{name}` where `{other}` stands: a place is sought for it",
        "zh": "版面方案中 `{name}` 的位置已被 `{other}` 占用：另找位置",
    },
    "W462": {"en": "what is asked of `{name}` was not found: {problem}", "zh": "对 `{name}` 的要求未能满足：{problem}"},
    "W463": {
        "en": "`{name}` does not close {columns} columns wide and {lines} lines deep: {problem}",
        "zh": "`{name}` 排不满 {columns} 栏×{lines} 行：{problem}",
    },
    "W464": {
        "en": "page {name} is locked and stays as it was, but this has changed since: {files}",
        "zh": "{name} 版已锁定，保持原样；但此后有改动：{files}",
    },
    # --- pictures and output ----------------------------------------------------------------------------
    "E501": {"en": "cannot write `{file}`: {problem}", "zh": "无法写入 `{file}`：{problem}"},
    "W511": {
        "en": "picture `{file}` has {ppi} ppi at its set size, {limit} are wanted",
        "zh": "图片 `{file}` 在版面上只有 {ppi} ppi，应不低于 {limit} ppi",
    },
    "E512": {
        "en": "picture `{file}` has {ppi} ppi at its set size, at least {limit} are needed",
        "zh": "图片 `{file}` 在版面上只有 {ppi} ppi，至少需要 {limit} ppi",
    },
    "E513": {"en": "picture `{file}` cannot be decoded: {problem}", "zh": "图片 `{file}` 无法解码：{problem}"},
    "E514": {"en": "artwork `{file}` cannot be placed: {problem}", "zh": "图形文件 `{file}` 无法置入：{problem}"},
    "W515": {"en": "placeholder picture for `{file}`", "zh": "`{file}` 为占位图"},
    "W516": {
        "en": "advert `{name}` has not come yet: a framed hole is left",
        "zh": "广告 `{name}` 尚未到稿：留出带框空位",
    },
    # --- adverts and colour by position ------------------------------------------------------------------
    "E520": {
        "en": "the page is to print in {ink}, at its position the plant has {limit}",
        "zh": "本版要求用 {ink} 印刷，而印厂在该版位只有 {limit}",
    },
    "E521": {
        "en": "advert `{name}`: `{file}` cannot be placed, a marked hole is left: {problem}",
        "zh": "广告 `{name}`：`{file}` 无法置入，留出打叉的空位：{problem}",
    },
    "E522": {
        "en": "advert `{name}` cannot go into {flavour}: it has {what}",
        "zh": "广告 `{name}` 不能放进 {flavour}：含有 {what}",
    },
    "E523": {
        "en": "advert `{name}` has fonts that are not embedded: {fonts}",
        "zh": "广告 `{name}` 有未嵌入的字体：{fonts}",
    },
    "E524": {
        "en": "advert `{name}` has a picture of {ppi} ppi, at least {limit} are needed",
        "zh": "广告 `{name}` 有图片只有 {ppi} ppi，至少需要 {limit} ppi",
    },
    "W524": {
        "en": "advert `{name}` has a picture of {ppi} ppi, {limit} are wanted",
        "zh": "广告 `{name}` 有图片只有 {ppi} ppi，应不低于 {limit} ppi",
    },
    "E525": {
        "en": "advert `{name}` has {ink} % of ink in one place, at most {limit} % dry on this paper",
        "zh": "广告 `{name}` 有一处油墨总量达 {ink}%，此纸上限为 {limit}%",
    },
    "E526": {
        "en": "advert `{name}` has spot colours: {spots}",
        "zh": "广告 `{name}` 有专色：{spots}",
    },
    "E527": {
        "en": "advert `{name}` prints in {inks}, its page has {ink} alone",
        "zh": "广告 `{name}` 用到 {inks}，而所在版面只有 {ink}",
    },
    "W527": {
        "en": "advert `{name}` loses its colour: its page has {ink} alone",
        "zh": "广告 `{name}` 将失去颜色：所在版面只有 {ink}",
    },
    "W528": {
        "en": "advert `{name}` is {width} × {height} mm, smaller than the booked {booked_width} × {booked_height} mm; "
        "it stands in the middle",
        "zh": "广告 `{name}` 为 {width}×{height} 毫米，小于所订的 {booked_width}×{booked_height} 毫米；居中放置",
    },
    "W529": {
        "en": "advert `{name}` was turned into a picture of {ppi} ppi: its type and lines are softer than in its file",
        "zh": "广告 `{name}` 已转成 {ppi} ppi 的图片：文字和线条不如原文件清晰",
    },
    "E531": {
        "en": "the profile `{file}` is no ICC profile of a CMYK press",
        "zh": "`{file}` 不是 CMYK 印刷机的 ICC 特性文件",
    },
    "E532": {
        "en": "a colour of style `{name}` has {total} % of ink, at most {limit} % dry on this paper: {ink}",
        "zh": "样式 `{name}` 有一种颜色油墨总量达 {total}%，此纸上限为 {limit}%：{ink}",
    },
    "E533": {
        "en": "artwork `{file}` cannot go into {flavour}: {what}",
        "zh": "图形文件 `{file}` 不能放进 {flavour}：{what}",
    },
    "W534": {
        "en": "the plant wants {wanted} pt of bleed, style `{name}` gives {bleed} pt",
        "zh": "印厂要求出血 {wanted} 磅，样式 `{name}` 只有 {bleed} 磅",
    },
    "W530": {
        "en": "{count} coloured items change at a position that prints {ink} alone: {names}",
        "zh": "所在版位只有 {ink}，{count} 处颜色有变：{names}",
    },
    # --- the front page's and folio lines' duties (Regulations on periodical quality; newsroom practice) -
    "E601": {"en": "the front page has no nameplate", "zh": "头版没有报头"},
    "E602": {"en": "the imprint lacks `{name}`", "zh": "版权信息缺少“{name}”"},
    "E603": {"en": "the issue has no running number", "zh": "没有期号"},
    "E604": {"en": "the page shows no page id", "zh": "版面没有版次"},
    "E605": {"en": "advert `{name}` is not marked 广告", "zh": "广告 `{name}` 没有标明“广告”"},
    "E606": {
        "en": "“{text}” is set larger than 0.8 of the nameplate's type",
        "zh": "“{text}”的字号超过报头字的八成",
    },
    "E607": {"en": "the issue has no date of publication", "zh": "没有出版日期"},
    "W608": {"en": "no {name} is named for this page", "zh": "本版没有署{name}"},
    "W609": {"en": "“{text}” fits its place only at {size} pt", "zh": "“{text}”缩到 {size} 磅才排得下"},
    # --- remarks of proofreaders --------------------------------------------------------------------------
    "E650": {"en": "`{file}` is not a list of blocks under `{name}`", "zh": "`{file}` 不是 `{name}` 之下的列表"},
    "E651": {"en": "remark `{name}` is there twice", "zh": "意见 `{name}` 重复"},
    "W652": {"en": "there is no remark `{name}` to answer or to close", "zh": "没有可答复或关闭的意见 `{name}`"},
    "W653": {
        "en": "remark `{name}` has lost its place: “{quote}” is gone from `{where}`",
        "zh": "意见 `{name}` 失去位置：`{where}` 中已没有“{quote}”",
    },
    "I654": {"en": "{by}, {kind}: {text}", "zh": "{by}（{kind}）：{text}"},
    "W655": {
        "en": "must be mended before the press — {by}, {kind}: {text}",
        "zh": "付印前必改——{by}（{kind}）：{text}",
    },
    "E656": {
        "en": "remark `{name}` was changed meanwhile by somebody else: {text}",
        "zh": "意见 `{name}` 已被他人改动：{text}",
    },
    "E657": {"en": "remark `{name}` cannot be applied: {problem}", "zh": "意见 `{name}` 无法执行：{problem}"},
    "E658": {"en": "there is no remark `{name}`", "zh": "没有意见 `{name}`"},
    "W659": {"en": "changed without a remark: {text}", "zh": "无意见而有改动：{text}"},
    "I660": {"en": "remark `{name}` is done: {text}", "zh": "意见 `{name}` 已改：{text}"},
    "W661": {"en": "remark `{name}` is not done: {text}", "zh": "意见 `{name}` 未改：{text}"},
    "E662": {"en": "page {name} is not built: {problem}", "zh": "{name} 版还没有生成：{problem}"},
    "W663": {
        "en": "annotation {number} of page {name} stands on no story and is kept as a spot",
        "zh": "{name} 版的第 {number} 条批注不在任何稿件上，记为位置意见",
    },
    # --- what changed between two versions ----------------------------------------------------------------
    "I670": {"en": "page {name} is new", "zh": "新增 {name} 版"},
    "I671": {"en": "page {name} is gone", "zh": "撤去 {name} 版"},
    "I672": {"en": "story `{name}` is new", "zh": "新增稿件 `{name}`"},
    "I673": {"en": "story `{name}` is gone", "zh": "撤去稿件 `{name}`"},
    "I674": {"en": "story `{name}` went from {old} to {new}", "zh": "稿件 `{name}` 由 {old} 版移至 {new} 版"},
    "I675": {"en": "{part} of `{name}` changed: “{old}” → “{new}”", "zh": "`{name}` 的{part}有改动：“{old}”→“{new}”"},
    "I676": {
        "en": "{count} characters changed in paragraph {paragraph} of `{name}`: {text}",
        "zh": "`{name}` 第 {paragraph} 段改动 {count} 字：{text}",
    },
    "I677": {
        "en": "paragraph {paragraph} of `{name}` is new: “{text}”",
        "zh": "`{name}` 新增第 {paragraph} 段：“{text}”",
    },
    "I678": {
        "en": "paragraph {paragraph} of `{name}` is gone: “{text}”",
        "zh": "`{name}` 删去第 {paragraph} 段：“{text}”",
    },
    "I679": {"en": "`{name}` moved {way}", "zh": "`{name}` {way}"},
    "I680": {
        "en": "`{name}` takes {new} columns × lines instead of {old}",
        "zh": "`{name}` 占位由 {old} 改为 {new}（栏 × 行）",
    },
    "I681": {
        "en": "{part} of `{name}` is set in {new} pt instead of {old}",
        "zh": "`{name}` 的{part}由 {old} 磅改为 {new} 磅",
    },
    "I682": {"en": "`{name}` has picture {new} instead of {old}", "zh": "`{name}` 的图片由 {old} 换成 {new}"},
    "I683": {"en": "picture {file} of `{name}` is cropped otherwise", "zh": "`{name}` 的图片 {file} 重新裁切"},
    "I684": {"en": "`{name}` has a new picture {file}", "zh": "`{name}` 新增图片 {file}"},
    "I685": {"en": "`{name}` has lost picture {file}", "zh": "`{name}` 撤去图片 {file}"},
    "I686": {"en": "{count} lines of `{name}` break elsewhere", "zh": "`{name}` 有 {count} 行断行不同"},
    "I687": {"en": "{part} of the page changed: “{old}” → “{new}”", "zh": "版面的{part}有改动：“{old}”→“{new}”"},
    "I688": {"en": "{count} characters changed: {text}", "zh": "改动 {count} 字：{text}"},
    "I689": {
        "en": "picture {file} of `{name}` measures {new} pt instead of {old}",
        "zh": "`{name}` 的图片 {file} 尺寸由 {old} 改为 {new}（磅）",
    },
    "I690": {"en": "rules or places on page {name} changed, no words", "zh": "{name} 版的线条或位置有变动，文字未变"},
    "I691": {
        "en": "page {name} looks different in {count} places, its words are the same",
        "zh": "{name} 版有 {count} 处看上去不同，文字未变",
    },
    # --- proofreading -------------------------------------------------------------------------------------
    "W801": {"en": "`{mark}` has no `{partner}`", "zh": "“{mark}”没有与之配对的“{partner}”"},
    "W802": {"en": "quotation mark `{mark}` where `{wanted}` belongs", "zh": "引号“{mark}”应为“{wanted}”"},
    "W803": {
        "en": "half-width `{mark}` in Chinese text, `{wanted}` is usual",
        "zh": "中文里用了半角的“{mark}”，应为“{wanted}”",
    },
    "W804": {"en": "marks one after another: `{mark}`", "zh": "标点重复：“{mark}”"},
    "W805": {"en": "`{mark}` is no Chinese ellipsis, which is `……`", "zh": "“{mark}”不是规范的省略号，应为“……”"},
    "W806": {"en": "`{mark}` is no Chinese dash, which is `——`", "zh": "“{mark}”不是规范的破折号，应为“——”"},
    "W807": {
        "en": "figures `{text}` against GB/T 15835 ({wanted})",
        "zh": "数字用法“{text}”不合 GB/T 15835（{wanted}）",
    },
    "W808": {"en": "unit `{text}`, the legal one is `{wanted}`", "zh": "计量单位“{text}”应为“{wanted}”"},
    "W809": {
        "en": "the figure {text} of the head is not in the story",
        "zh": "标题里的数字“{text}”在文中没有出现",
    },
    "W810": {"en": "no calendar has the day `{text}`", "zh": "没有“{text}”这一天"},
    "W811": {"en": "`{text}` is a {weekday}", "zh": "“{text}”应为{weekday}"},
    "W812": {"en": "`{text}` is {lunar} of the lunar calendar", "zh": "“{text}”对应的农历是{lunar}"},
    "W813": {"en": "written twice: `{text}`", "zh": "重复：“{text}”"},
    "W814": {"en": "variant form `{text}`, `{wanted}` is standard", "zh": "异形词“{text}”，规范词形为“{wanted}”"},
    "W815": {
        "en": "`{text}` belongs to the other script; here it is `{wanted}`",
        "zh": "繁简混用：“{text}”在这里应为“{wanted}”",
    },
    "E816": {"en": "the house does not print `{text}`: {wanted}", "zh": "禁用词“{text}”，应为：{wanted}"},
    "W817": {"en": "house style: `{text}` is {wanted}", "zh": "本报用词：“{text}”应为{wanted}"},
    "W818": {"en": "`{text}`: the list of people has {wanted}", "zh": "“{text}”：人名表上的职务是{wanted}"},
    "W819": {"en": "people out of order: `{text}`, usually {wanted}", "zh": "人名顺序“{text}”，应为{wanted}"},
    "W820": {
        "en": "names that differ in one character on one page: {first} and {second}",
        "zh": "同一版上姓名写法不一：{first}、{second}",
    },
    "W821": {"en": "a reference to page {name}, which the issue has not", "zh": "提到的第 {name} 版，本期没有"},
    "W822": {"en": "`{text}`, but the issue has {count} pages", "zh": "“{text}”，而本期共 {count} 版"},
    "W823": {
        "en": "running number {number} does not follow the former issue's: {wanted} would",
        "zh": "期号 {number} 与上期不衔接，应为 {wanted}",
    },
    "W824": {"en": "dated {date}, the former issue {former}", "zh": "本期日期 {date} 不晚于上期 {former}"},
    "W825": {"en": "page {second} follows {first}", "zh": "版号不连续：{first} 之后是 {second}"},
    "W826": {"en": "the headline “{text}” is that of `{first}` too", "zh": "标题“{text}”与 `{first}` 的相同"},
    "W827": {"en": "`{name}` and `{first}` are largely the same story", "zh": "`{name}` 与 `{first}` 大部分内容相同"},
    "W828": {
        "en": "picture `{file}` is printed twice, first in `{first}`",
        "zh": "图片 `{file}` 重复使用，先见于 `{first}`",
    },
    "W829": {"en": "picture `{file}` has a caption but no credit", "zh": "图片 `{file}` 有说明而没有署名"},
    # --- preflight: 7xx, a room of its own ---------------------------------------------------------------
    **PRESS_CODES,
    # --- the release ------------------------------------------------------------------------------------
    "E620": {"en": "a stand-in may not leave the house: {what}", "zh": "占位内容不得付印：{what}"},
    "E621": {"en": "remark {id} must be mended first: “{text}”", "zh": "意见 {id} 须先改正：“{text}”"},
    "E622": {"en": "the page has no signature for {stage}", "zh": "本版缺少{stage}签字"},
    "E623": {
        "en": "file name pattern `{pattern}` cannot be used: {problem}",
        "zh": "文件名格式 `{pattern}` 不能用：{problem}",
    },
    "E624": {"en": "`{file}` was released before; no name is used twice", "zh": "`{file}` 已经付印过，文件名不得重用"},
    "W620": {
        "en": "section {section} has {count} pages, no multiple of {leaves}: the plant has to add blank pages",
        "zh": "{section} 叠有 {count} 版，不是 {leaves} 的倍数：印厂须补白版",
    },
    "W621": {
        "en": "the waiver of {rule} for {object} is about nothing found",
        "zh": "对 {rule}（{object}）的豁免没有对应的问题",
    },
    "W622": {"en": "{rule} is let pass, {by} answers for it: {reason}", "zh": "{rule} 予以放行，{by}负责：{reason}"},
    # --- our own bugs -----------------------------------------------------------------------------------
    "E901": {
        "en": "internal error: {problem}; please report it with the output of `layout doctor --json`",
        "zh": "程序内部错误：{problem}；请附上 `layout doctor --json` 的输出反馈给我们",
    },
}
