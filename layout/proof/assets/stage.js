// The stage: pages as pictures with a text layer, outlines and overlays; zoom, pan, search, comparison.
"use strict";
(function (proof) {
  var SVG = "http://www.w3.org/2000/svg";
  var STEP = 1.2, LEAST = 0.2, MOST = 8, READING = 1.5, EDGE = 24;
  var LAYERS = ["grid", "columns", "outlines", "overset", "loose", "low", "missing", "ink", "findingsLayer"];
  var stage = document.getElementById("stage"), sheets = document.getElementById("sheets");
  var state = proof.state, hits = [], hit = -1, asked = "";

  function make(name, values, parent) {
    var node = document.createElementNS(SVG, name);
    Object.keys(values || {}).forEach(function (key) { node.setAttribute(key, values[key]); });
    if (parent) { parent.appendChild(node); }
    return node;
  }

  function element(name, className, parent) {
    var node = document.createElement(name);
    if (className) { node.className = className; }
    if (parent) { parent.appendChild(node); }
    return node;
  }

  // --- which pages stand on the stage

  function pageOf(id) { return state.issue.pages.filter(function (page) { return page.id === id; })[0]; }

  // Facing pages: the first page of a section stands alone on the right, then pairs; a spread is one sheet.
  function spreads() {
    var made = [], section = "", place = 0;
    state.issue.pages.forEach(function (page) {
      var letters = page.id.replace(/\d.*$/, "");
      if (letters !== section) { section = letters; place = 0; }
      if (place % 2 === 1 && page.spread.length === 0) { made.push([page.id]); }
      else if (place > 0 && made.length && made[made.length - 1].length === 1 && page.spread.length === 0) { made[made.length - 1].push(page.id); }
      else { made.push([page.id]); }
      place += page.spread.length || 1;
    });
    return made;
  }

  function standing() {
    if (state.view === "single") { return [state.page]; }
    return spreads().filter(function (pair) { return pair.indexOf(state.page) >= 0; })[0] || [state.page];
  }

  function step(by) {
    var groups = state.view === "single" ? state.issue.pages.map(function (page) { return [page.id]; }) : spreads();
    var at = groups.findIndex(function (group) { return group.indexOf(state.page) >= 0; });
    var next = groups[at + by];
    if (next) { proof.select("", next[0]); }
  }

  function build() {
    var ids = standing(), former = Array.from(sheets.children).map(function (node) { return node.dataset.page; });
    if (ids.join() === former.join()) { return; }
    sheets.textContent = "";
    ids.forEach(function (id) {
      var page = pageOf(id), sheet = element("figure", "sheet", sheets), paper = element("div", "paper", sheet);
      sheet.dataset.page = id;
      paper.style.aspectRatio = page.width + " / " + page.height;
      var screen = element("img", "screen", paper);
      screen.alt = proof.word("page", { id: id });
      screen.decoding = "async";
      screen.draggable = false;
      screen.src = picture(page, "screen");
      proof.withPage(id, function (data) { if (sheet.isConnected) { dress(paper, page, data); } });
    });
    fit();
    stage.scrollTop = 0;
  }

  function picture(page, kind) { return "pages/" + encodeURIComponent(page.id) + "." + kind + ".webp" + proof.version(page.id); }

  // --- the layers over a page's picture

  function dress(paper, page, data) {
    var svg = make("svg", { viewBox: "0 0 " + page.width + " " + page.height, "class": "over" }, paper);
    LAYERS.forEach(function (name) { draw[name](make("g", { "class": "layer " + name, "data-layer": name }, svg), data, page); });
    make("g", { "class": "hovered" }, svg);
    make("g", { "class": "marks" }, svg);
    var text = make("g", { "class": "text" }, svg);
    data.lines.forEach(function (line) {
      var node = make("text", { x: line[6].join(" "), y: line[7].join(" "), "font-size": line[5] }, text);
      node.textContent = line[4];
      node.setAttribute("data-story", line[0]);
    });
    proof.tell("dressed", { page: page.id, svg: svg, data: data });
    layers();
    selected();
    searched(page.id);
  }

  function box(group, values, className) {
    return make("rect", { x: values[0], y: values[1], width: values[2], height: values[3], "class": className || "" }, group);
  }

  function path(shape) {
    return shape.map(function (polygon) {
      var points = [];
      for (var at = 0; at < polygon.length; at += 2) { points.push(polygon[at] + " " + polygon[at + 1]); }
      return "M" + points.join("L") + "Z";
    }).join("");
  }

  function storyOf(data, id) { return data.stories.filter(function (story) { return story.id === id; })[0]; }

  function around(data, id) {
    var story = storyOf(data, id);
    if (!story || !story.shape.length) { return null; }
    var xs = [], ys = [];
    story.shape.forEach(function (polygon) { polygon.forEach(function (value, at) { (at % 2 ? ys : xs).push(value); }); });
    var left = Math.min.apply(null, xs), top = Math.min.apply(null, ys);
    return [left, top, Math.max.apply(null, xs) - left, Math.max.apply(null, ys) - top];
  }

  var draw = {
    grid: function (group, data, page) {
      for (var line = 0; line <= data.grid.lines; line += 1) {
        var y = data.grid.top + line * data.grid.pitch;
        make("line", { x1: data.grid.columns[0][0], x2: page.width - data.grid.columns[0][0], y1: y, y2: y }, group);
      }
    },
    columns: function (group, data) {
      data.grid.columns.forEach(function (column) { box(group, [column[0], data.grid.top, column[1], data.grid.lines * data.grid.pitch]); });
    },
    outlines: function (group, data) {
      data.stories.forEach(function (story) {
        make("path", { d: path(story.shape), "fill-rule": "evenodd" }, group);
        var place = around(data, story.id);
        if (place) {
          make("text", { x: place[0] + 2, y: place[1] + 8, "font-size": 8 }, group).textContent = story.id;
        }
      });
    },
    overset: function (group, data) {
      Object.keys(data.overset || {}).forEach(function (id) {
        var story = storyOf(data, id);
        if (story) { make("path", { d: path(story.shape), "fill-rule": "evenodd" }, group); }
      });
      (data.trims || []).forEach(function (trim) {
        var cut = make("g", { "class": "trim" }, group), x = trim.at[0], y = trim.at[1];
        make("line", { x1: x + 1, x2: x + 1, y1: y - 10, y2: y + 3 }, cut);
        make("text", { x: x + 3, y: y, "font-size": 8 }, cut).textContent = "\u2212" + trim.lines;
        make("title", {}, cut).textContent = trim.text;
      });
    },
    loose: function (group, data) {
      data.lines.forEach(function (line) {
        if (line[10]) {
          var node = box(group, [line[6][0], line[7][0] - line[5] * 0.88, line[8] - line[6][0], line[5]]);
          node.style.opacity = Math.min(0.25 + line[10] * 4, 0.9);
          make("title", {}, node).textContent = line[10].toFixed(3) + " em";
        }
      });
    },
    low: function (group, data) {
      data.pictures.forEach(function (item) {
        if (item.low) { make("title", {}, box(group, item.box)).textContent = item.file + " " + item.ppi + " ppi"; }
      });
    },
    missing: function (group, data) {
      data.pictures.concat(data.adverts).forEach(function (item) {
        if (item.missing) { make("title", {}, box(group, item.box)).textContent = item.file || item.story; }
      });
    },
    ink: function (group, data) {
      (data.ink || []).forEach(function (item) { make("title", {}, box(group, item.box)).textContent = item.sum + " %"; });
    },
    findingsLayer: function (group, data) {
      data.findings.forEach(function (item) {
        item.boxes.forEach(function (values) {
          make("title", {}, box(group, values, item.severity)).textContent = item.code + " " + item[state.language];
        });
      });
    }
  };

  function layers() {
    sheets.querySelectorAll(".layer").forEach(function (group) {
      group.classList.toggle("on", Boolean(state.overlays[group.dataset.layer]));
    });
  }

  // --- pointing at stories

  function pointAt(event) {
    var paper = event.target.closest(".paper");
    if (!paper) { return null; }
    var id = paper.parentNode.dataset.page, page = pageOf(id), data = proof.loaded(id), area = paper.getBoundingClientRect();
    if (!data) { return null; }
    var x = (event.clientX - area.left) / area.width * page.width, y = (event.clientY - area.top) / area.height * page.height;
    var found = data.stories.filter(function (story) { return inside(story.shape, x, y); })[0];
    return { page: id, data: data, paper: paper, x: x, y: y, story: found ? found.id : "" };
  }

  function inside(shape, x, y) {
    var odd = false;
    shape.forEach(function (polygon) {
      for (var at = 0, last = polygon.length - 2; at < polygon.length; last = at, at += 2) {
        var x0 = polygon[last], y0 = polygon[last + 1], x1 = polygon[at], y1 = polygon[at + 1];
        if ((y0 > y) !== (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0) { odd = !odd; }
      }
    });
    return odd;
  }

  stage.addEventListener("mousemove", function (event) {
    var point = pointAt(event);
    sheets.querySelectorAll(".hovered").forEach(function (group) {
      var wanted = point && group.ownerSVGElement.parentNode === point.paper ? point.story : "";
      if (group.dataset.story === wanted) { return; }
      group.dataset.story = wanted;
      group.textContent = "";
      if (wanted) { make("path", { d: path(storyOf(point.data, wanted).shape), "fill-rule": "evenodd" }, group); }
    });
  });

  stage.addEventListener("click", function (event) {
    if (String(getSelection())) { return; }
    var point = pointAt(event);
    if (point) {
      proof.select(point.story, state.view === "single" ? "" : point.page);
      proof.tell("point", point);
    }
  });

  function selected() {
    sheets.querySelectorAll("g.marks .selected").forEach(function (node) { node.remove(); });
    if (!state.story) { return; }
    sheets.querySelectorAll(".sheet").forEach(function (sheet) {
      var data = proof.loaded(sheet.dataset.page), story = data && storyOf(data, state.story);
      var group = sheet.querySelector("g.marks");
      if (story && group) { make("path", { d: path(story.shape), "fill-rule": "evenodd", "class": "selected" }, group); }
    });
  }

  // --- zoom and pan

  function natural() {
    return standing().reduce(function (sum, id) {
      var page = pageOf(id);
      return { width: sum.width + page.width, height: Math.max(sum.height, page.height) };
    }, { width: 0, height: 0 });
  }

  function fit() {
    var size = natural(), across = (stage.clientWidth - 2 * EDGE) / size.width, down = (stage.clientHeight - 2 * EDGE) / size.height;
    if (state.fit) { zoomTo(state.fit === "width" ? across : Math.min(across, down)); }
    else { zoomTo(state.zoom); }
  }

  // The point of the page under (x, y) of the window stays there.
  function zoomTo(zoom, x, y) {
    var frame = stage.getBoundingClientRect(), before = state.zoom || zoom;
    var left = x === undefined ? frame.left + frame.width / 2 : x, top = y === undefined ? frame.top + frame.height / 2 : y;
    var under = document.elementFromPoint(left, top), sheet = under && under.closest(".sheet") || sheets.firstElementChild;
    if (!sheet) { return; }
    var area = sheet.getBoundingClientRect();
    var shareX = (left - area.left) / (area.width || 1), shareY = (top - area.top) / (area.height || 1);
    state.zoom = Math.min(Math.max(zoom, LEAST), MOST);
    sheets.style.setProperty("--zoom", state.zoom);
    sheets.querySelectorAll(".sheet").forEach(function (item) { item.style.width = pageOf(item.dataset.page).width * state.zoom + "px"; });
    if (before !== state.zoom) {
      var now = sheet.getBoundingClientRect();
      stage.scrollLeft += now.left + shareX * now.width - left;
      stage.scrollTop += now.top + shareY * now.height - top;
    }
    document.getElementById("zoom-value").textContent = Math.round(state.zoom * 100) + " %";
    sharpen();
    proof.tell("zoom", state.zoom);
  }

  function sharpen() {
    if (state.zoom * (window.devicePixelRatio || 1) < READING) { return; }
    sheets.querySelectorAll(".screen").forEach(function (image) {
      var wanted = picture(pageOf(image.closest(".sheet").dataset.page), "reading");
      if (image.getAttribute("src") === wanted) { return; }
      var sharper = new Image();
      sharper.onload = function () { image.src = wanted; };
      sharper.src = wanted;
    });
  }

  function free(zoom, x, y) { state.fit = ""; zoomTo(zoom, x, y); }

  stage.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) { return; }
    event.preventDefault();
    free(state.zoom * Math.exp(-event.deltaY * 0.004), event.clientX, event.clientY);
  }, { passive: false });

  var touches = {}, pinch = 0, spaced = false, panning = null;
  stage.addEventListener("pointerdown", function (event) {
    if (event.pointerType === "touch") { touches[event.pointerId] = event; pinch = spread(); }
    if (event.button === 1 || (spaced && event.button === 0)) {
      panning = { x: event.clientX, y: event.clientY };
      stage.setPointerCapture(event.pointerId);
      event.preventDefault();
    }
  });
  stage.addEventListener("pointermove", function (event) {
    if (panning) {
      stage.scrollLeft -= event.clientX - panning.x;
      stage.scrollTop -= event.clientY - panning.y;
      panning = { x: event.clientX, y: event.clientY };
    }
    if (touches[event.pointerId]) {
      touches[event.pointerId] = event;
      var now = spread();
      if (pinch && now) {
        var both = Object.values(touches);
        free(state.zoom * now / pinch, (both[0].clientX + both[1].clientX) / 2, (both[0].clientY + both[1].clientY) / 2);
        pinch = now;
      }
    }
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    stage.addEventListener(name, function (event) { delete touches[event.pointerId]; pinch = 0; panning = null; });
  });

  function spread() {
    var both = Object.values(touches);
    return both.length === 2 ? Math.hypot(both[0].clientX - both[1].clientX, both[0].clientY - both[1].clientY) : 0;
  }

  var keys = {
    "+": function () { free(state.zoom * STEP); },
    "=": function () { free(state.zoom * STEP); },
    "-": function () { free(state.zoom / STEP); },
    "0": function () { state.fit = "width"; fit(); },
    "9": function () { state.fit = "page"; fit(); },
    "PageDown": function () { step(1); },
    "PageUp": function () { step(-1); },
    "]": function () { step(1); },
    "[": function () { step(-1); },
    "/": function () { document.getElementById("query").focus(); },
    "Escape": function () { proof.select(""); }
  };
  document.addEventListener("keydown", function (event) {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === " " && event.target === stage) { spaced = true; stage.classList.add("grab"); event.preventDefault(); return; }
    if (keys[event.key]) { keys[event.key](); event.preventDefault(); }
  });
  document.addEventListener("keyup", function (event) { if (event.key === " ") { spaced = false; stage.classList.remove("grab"); } });

  // --- going to a place

  function goTo(id, values) {
    var there = standing().indexOf(id) >= 0;
    if (!there) { proof.select("", id); }
    proof.withPage(id, function () {
      var paper = sheets.querySelector('.sheet[data-page="' + CSS.escape(id) + '"] .paper');
      if (!paper || !values) { return; }
      var area = paper.getBoundingClientRect(), frame = stage.getBoundingClientRect(), scale = area.width / pageOf(id).width;
      stage.scrollLeft += area.left + (values[0] + values[2] / 2) * scale - frame.left - frame.width / 2;
      stage.scrollTop += area.top + (values[1] + values[3] / 2) * scale - frame.top - frame.height / 2;
      mark(id, [values], "flash");
    });
  }

  function mark(id, boxes, className) {
    var group = sheets.querySelector('.sheet[data-page="' + CSS.escape(id) + '"] g.marks');
    if (!group) { return []; }
    if (className === "flash") { group.querySelectorAll(".flash").forEach(function (node) { node.remove(); }); }
    return boxes.map(function (values) { return box(group, [values[0] - 1, values[1] - 1, values[2] + 2, values[3] + 2], className); });
  }

  // --- finding text

  function textsOf(data) {
    var made = {};
    data.lines.forEach(function (line) {
      var key = line[0] + "/" + line[1] + "/" + line[2], found = made[key] = made[key] || { text: "", places: [] };
      Array.from(line[4]).forEach(function (char, at) {
        if (!/\s/.test(char)) { found.text += char.toLowerCase(); Array.from(char).forEach(function () { found.places.push([line, at]); }); }
      });
    });
    return Object.values(made);
  }

  function boxesOf(places) {
    var rows = [];
    places.forEach(function (place) {
      var line = place[0], at = place[1], left = line[6][at], y = line[7][line[7].length > 1 ? at : 0];
      var right = line[7].length > 1 || at + 1 >= line[6].length ? (line[7].length > 1 ? left + line[5] : line[8]) : line[6][at + 1];
      var row = rows[rows.length - 1];
      if (row && row.line === line && line[7].length === 1) { row.box[2] = right - row.box[0]; return; }
      rows.push({ line: line, box: [left, y - line[5] * 0.88, right - left, line[5]] });
    });
    return rows.map(function (row) { return row.box; });
  }

  function find(query) {
    var wanted = query.replace(/\s/g, "").toLowerCase(), left = state.issue.pages.length;
    asked = wanted;
    hits = [];
    hit = -1;
    if (!wanted) { told(); return; }
    state.issue.pages.forEach(function (page, order) {
      proof.withPage(page.id, function (data) {
        if (asked !== wanted) { return; }
        textsOf(data).forEach(function (text) {
          for (var at = text.text.indexOf(wanted); at >= 0; at = text.text.indexOf(wanted, at + 1)) {
            hits.push({ page: page.id, order: order, boxes: boxesOf(text.places.slice(at, at + wanted.length)) });
          }
        });
        left -= 1;
        if (!left) { hits.sort(function (one, other) { return one.order - other.order; }); told(); next(1); }
      });
    });
  }

  function told() {
    var output = document.getElementById("hits");
    output.textContent = !asked ? "" : hits.length ? (hit + 1) + " / " + hits.length : proof.word("notFound");
    sheets.querySelectorAll(".sheet").forEach(function (sheet) { searched(sheet.dataset.page); });
  }

  function searched(id) {
    sheets.querySelectorAll('.sheet[data-page="' + CSS.escape(id) + '"] g.marks .hit').forEach(function (node) { node.remove(); });
    hits.forEach(function (item, at) { if (item.page === id) { mark(id, item.boxes, at === hit ? "hit now" : "hit"); } });
  }

  function next(by) {
    if (!hits.length) { return; }
    hit = (hit + by + hits.length) % hits.length;
    goTo(hits[hit].page, hits[hit].boxes[0]);
    told();
    proof.say(proof.word("found", { n: hits.length }));
  }

  var query = document.getElementById("query");
  document.getElementById("search").addEventListener("submit", function (event) {
    event.preventDefault();
    if (query.value.replace(/\s/g, "").toLowerCase() === asked && hits.length) { next(1); } else { find(query.value); }
  });
  query.addEventListener("keydown", function (event) { if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); next(-1); } });
  query.addEventListener("input", function () { if (!query.value) { find(""); } });

  // --- the earlier version over this one

  function compared() {
    var page = pageOf(state.page), tools = document.getElementById("compare-tools"), share = document.getElementById("compare-share");
    tools.hidden = !page || !state.former[page.id];
    share.hidden = !state.compare;
    document.getElementById("compare").setAttribute("aria-pressed", String(state.compare));
    sheets.querySelectorAll(".former").forEach(function (node) { node.remove(); });
    if (!state.compare) { return; }
    sheets.querySelectorAll(".sheet").forEach(function (sheet) {
      if (!state.former[sheet.dataset.page]) { return; }
      var image = element("img", "former");
      image.alt = proof.word("former");
      image.src = "former/" + encodeURIComponent(sheet.dataset.page) + ".webp";
      sheet.querySelector(".screen").after(image);
    });
    sheets.style.setProperty("--former", share.value + "%");
  }
  document.getElementById("compare").addEventListener("click", function () { state.compare = !state.compare; compared(); });
  document.getElementById("compare-share").addEventListener("input", function (event) { sheets.style.setProperty("--former", event.target.value + "%"); });

  // --- tools

  function button(id, act) { document.getElementById(id).addEventListener("click", act); }
  button("zoom-in", keys["+"]);
  button("zoom-out", keys["-"]);
  button("fit-width", keys["0"]);
  button("fit-page", keys["9"]);
  button("view-single", function () { view("single"); });
  button("view-spread", function () { view("spread"); });
  button("language", function () { proof.speak(state.language === "zh" ? "en" : "zh"); });
  button("print", function () { print(); });

  function view(name) {
    state.view = name;
    proof.remember("view", name);
    ["single", "spread"].forEach(function (other) { document.getElementById("view-" + other).setAttribute("aria-checked", String(other === name)); });
    if (state.page) { build(); fit(); compared(); current(); }
  }

  function menu() {
    var list = document.querySelector("#overlays div");
    list.textContent = "";
    LAYERS.forEach(function (name) {
      var label = element("label", "", list), input = element("input", "", label);
      input.type = "checkbox";
      input.checked = Boolean(state.overlays[name]);
      input.dataset.layer = name;
      label.append(proof.word(name));
      input.addEventListener("change", function () {
        state.overlays[name] = input.checked;
        proof.remember("overlays", Object.keys(state.overlays).filter(function (key) { return state.overlays[key]; }).join());
        layers();
      });
    });
  }

  // --- the page strip

  function strip() {
    var nav = document.getElementById("strip");
    nav.textContent = "";
    state.issue.pages.forEach(function (page) {
      var item = element("button", "thumb", nav), image = element("img", "", item), label = element("span", "", item);
      item.dataset.page = page.id;
      image.loading = "lazy";
      image.alt = "";
      image.style.aspectRatio = page.width + " / " + page.height;
      image.src = picture(page, "thumb");
      label.textContent = page.id + " " + page.section;
      headed(page.id);
      item.addEventListener("click", function () { proof.select("", page.id); });
    });
  }

  function headed(id) {
    var head = state.heads[id], item = document.querySelector('#strip .thumb[data-page="' + CSS.escape(id) + '"]');
    if (!head || !item) { return; }
    item.querySelectorAll("em").forEach(function (node) { node.remove(); });
    if (head.count) { element("em", head.failed ? "error" : "", item.querySelector("span")).textContent = head.count; }
    if (id === state.page) { line(); }
  }

  function current() {
    document.querySelectorAll("#strip .thumb").forEach(function (item) {
      var here = standing().indexOf(item.dataset.page) >= 0;
      if (here) { item.setAttribute("aria-current", "page"); item.scrollIntoView({ block: "nearest" }); } else { item.removeAttribute("aria-current"); }
    });
  }

  proof.on("issue", function (data) {
    document.getElementById("paper").textContent = data.paper;
    (proof.recall("overlays") || "").split(",").forEach(function (name) { if (name) { state.overlays[name] = true; } });
    strip();
    view(proof.recall("view") === "spread" ? "spread" : "single");
  });
  proof.on("language", function () { if (state.issue) { menu(); layers(); line(); } });
  proof.on("show", function () { build(); current(); compared(); line(); });
  proof.on("head", headed);
  proof.on("select", selected);
  window.addEventListener("resize", function () { if (state.page) { fit(); } });

  function line() {
    var data = state.issue, page = pageOf(state.page);
    var parts = [data.date, proof.word("number", { n: data.number })], head = state.heads[state.page];
    if (page && head) { parts.push(page.id + " " + proof.word("allowed", { n: head.allowed })); }
    document.getElementById("issue-line").textContent = parts.join(" · ");
  }

  proof.goTo = goTo;
  proof.mark = mark;
  proof.boxesOf = boxesOf;
  proof.around = around;
  proof.storyOf = storyOf;
  proof.rebuild = function () { sheets.textContent = ""; build(); current(); compared(); };
  proof.renewThumb = function (id) {
    var image = document.querySelector('#strip .thumb[data-page="' + CSS.escape(id) + '"] img');
    if (image) { image.src = picture(pageOf(id), "thumb"); }
  };
})(layoutProof);
