// The words of the site in both languages.
"use strict";
var layoutWords = {
  zh: {
    skip: "跳到版面", tools: "工具", view: "视图", single: "单版", spread: "对开", zoom: "缩放比例", zoomIn: "放大", zoomOut: "缩小",
    fitWidth: "适合宽度", fitPage: "整版", overlays: "叠加", search: "查找文字", print: "打印", pages: "版面", stage: "版面预览", side: "稿件与问题",
    story: "稿件", findings: "问题", changes: "变动", compare: "与上一版对比", compareShare: "上一版所占宽度", none: "没有问题。", noStory: "点击版面上的稿件查看原文。",
    noChanges: "与保留的上一版没有差别。", characters: "字", source: "原稿", byline: "署名", found: "{n} 处", notFound: "没有找到",
    allowed: "容错 {n} 处", number: "第 {n} 期", grid: "基线网格", columns: "栏", outlines: "稿件轮廓", overset: "溢出与删节", loose: "松行",
    low: "低分辨率图片", missing: "缺图与未到广告", ink: "油墨超限", findingsLayer: "问题位置", page: "{id} 版", error: "错误", warning: "警告", info: "提示",
    whole: "全期", former: "上一版", current: "当前版", waiting: "正在载入…"
  },
  en: {
    skip: "Skip to the page", tools: "Tools", view: "View", single: "Single", spread: "Spreads", zoom: "Zoom", zoomIn: "Zoom in", zoomOut: "Zoom out",
    fitWidth: "Fit width", fitPage: "Whole page", overlays: "Overlays", search: "Find text", print: "Print", pages: "Pages", stage: "Page preview", side: "Story and findings",
    story: "Story", findings: "Findings", changes: "Changes", compare: "Compare", compareShare: "Share of the earlier version", none: "Nothing found.", noStory: "Click a story on the page to read its source.",
    noChanges: "No difference from the version kept.", characters: "characters", source: "Source", byline: "Byline", found: "{n} found", notFound: "Not found",
    allowed: "{n} errors allowed", number: "No. {n}", grid: "Baseline grid", columns: "Columns", outlines: "Story outlines", overset: "Overset and trims", loose: "Loose lines",
    low: "Low-resolution pictures", missing: "Missing pictures and adverts", ink: "Ink over the limit", findingsLayer: "Findings", page: "Page {id}", error: "error", warning: "warning", info: "note",
    whole: "Whole issue", former: "Earlier", current: "Now", waiting: "Loading…"
  }
};
