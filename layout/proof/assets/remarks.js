// Remarks: shown on every copy of the site; written, answered, closed and applied where a server stands behind it.
"use strict";
(function (proof) {
  var state = proof.state, node = proof.node, live = /^http/.test(location.protocol);
  var data = { comments: [], kinds: {} }, filter = { page: "here", by: "", state: "open" }, marked = null, chosen = "";
  var WORDS = {
    zh: {
      remarks: "批注", noRemarks: "没有批注。", write: "批注选中的文字", writeSpot: "在此处批注", kind: "类型", wanted: "改为", remark: "意见", by: "署名", must: "付印前必改",
      keep: "保存", drop: "取消", answer: "答复", resolve: "解决", reopen: "重开", apply: "改稿", confirm: "确认改稿", lost: "位置已失", done: "已改", undone: "未改", here: "本版",
      all: "全期", everyone: "所有人", open: "未解决", resolved: "已解决", anyState: "全部", conflict: "别人刚刚改动了这条批注：", offline: "与服务器断开，正在重连…", problem: "原稿有错误，版面停在上一次：",
      how: "在版面上选中文字，或按住 Alt 点击空白处。", nameFirst: "请先署名。", sign: "签字", stage: "环节"
    },
    en: {
      remarks: "Remarks", noRemarks: "No remarks.", write: "Remark on the selection", writeSpot: "Remark here", kind: "Kind", wanted: "Change to", remark: "Remark", by: "Name", must: "Must be mended",
      keep: "Keep", drop: "Cancel", answer: "Answer", resolve: "Resolve", reopen: "Reopen", apply: "Apply", confirm: "Change the story", lost: "place lost", done: "done", undone: "not done", here: "This page",
      all: "All pages", everyone: "Everyone", open: "Open", resolved: "Resolved", anyState: "All", conflict: "Somebody changed this remark just now: ", offline: "No connection, trying again…", problem: "The sources have an error; this is the last good page:",
      how: "Select text on the page, or Alt-click a spot.", nameFirst: "Please give your name.", sign: "Sign", stage: "Stage"
    }
  };
  var STAGES = ["一审", "二审", "三审", "终审", "一校", "二校", "三校"];
  Object.keys(WORDS).forEach(function (language) { Object.assign(layoutWords[language], WORDS[language]); });

  proof.comments = function (made) { data = made; if (state.issue) { refresh(); } };

  function refresh() { proof.refill(); draw(); }

  // --- on the page

  function draw() {
    document.querySelectorAll(".sheet").forEach(function (sheet) {
      var group = sheet.querySelector("g.marks"), id = sheet.dataset.page;
      if (!group) { return; }
      group.querySelectorAll(".remark").forEach(function (mark) { mark.remove(); });
      data.comments.forEach(function (comment) {
        if (comment.page !== id || comment.state === "resolved") { return; }
        proof.mark(id, placed(comment), "remark " + comment.kind + (comment.must ? " must" : "") + (comment.id === chosen ? " now" : ""));
      });
    });
  }

  // A spot is in millimetres, boxes are in points.
  function placed(comment) {
    if (comment.boxes.length || !comment.spot) { return comment.boxes; }
    return [[comment.spot[0] * 72 / 25.4 - 5, comment.spot[1] * 72 / 25.4 - 5, 10, 10]];
  }

  // --- in the panel

  function panel(body) {
    toolbar(body);
    if (marked) { form(body); }
    var list = data.comments.filter(wantedNow);
    if (!list.length) { node("p", "quiet", proof.word("noRemarks"), body); }
    if (live && !marked) { node("p", "quiet", proof.word("how"), body); }
    var rows = node("ol", "remarks", undefined, body);
    list.forEach(function (comment) { item(rows, comment); });
    return data.comments.filter(function (comment) { return comment.state !== "resolved" && comment.page === state.page; }).length;
  }

  function wantedNow(comment) {
    return (filter.page === "all" || comment.page === state.page) && (!filter.by || comment.by === filter.by) &&
      (filter.state === "any" || comment.state === filter.state);
  }

  function choice(parent, label, value, options, act) {
    var select = node("select", "", undefined, parent);
    select.setAttribute("aria-label", label);
    options.forEach(function (option) {
      var made = node("option", "", option[1], select);
      made.value = option[0];
      made.selected = option[0] === value;
    });
    select.addEventListener("change", function () { act(select.value); });
    return select;
  }

  function toolbar(body) {
    var bar = node("div", "filters", undefined, body);
    var people = data.comments.map(function (comment) { return comment.by; }).filter(function (by, at, all) { return all.indexOf(by) === at; });
    choice(bar, proof.word("pages"), filter.page, [["here", proof.word("here")], ["all", proof.word("all")]], function (value) { filter.page = value; refresh(); });
    choice(bar, proof.word("by"), filter.by, [["", proof.word("everyone")]].concat(people.map(function (by) { return [by, by]; })), function (value) { filter.by = value; refresh(); });
    choice(bar, proof.word("findings"), filter.state, [["open", proof.word("open")], ["resolved", proof.word("resolved")], ["any", proof.word("anyState")]], function (value) { filter.state = value; refresh(); });
    if (live) {
      var stage = choice(bar, proof.word("stage"), "", [["", proof.word("sign")]].concat(STAGES.map(function (name) { return [name, name]; })), function (value) {
        var by = proof.recall("name");
        stage.value = "";
        if (!by) { proof.say(proof.word("nameFirst")); alert(proof.word("nameFirst")); return; }
        send("api/sign", { page: state.page, stage: value, by: by }, function () { proof.say(state.page + " " + value + " " + by); });
      });
    }
  }

  function item(rows, comment) {
    var row = node("li", comment.state + (comment.must ? " must" : "") + (comment.id === chosen ? " chosen" : ""), undefined, rows);
    var go = node("button", "", undefined, row);
    node("b", "", data.kinds[comment.kind] && state.language === "zh" ? data.kinds[comment.kind] : comment.kind, go);
    node("span", "who", comment.by + " · " + comment.page, go);
    if (comment.anchor && comment.anchor.quote) { node("q", "", comment.anchor.quote, go); }
    if (comment.wanted || comment.kind === "delete") { node("span", "wanted", "→ " + (comment.wanted || "∅"), go); }
    if (comment.remark) { node("span", "said", comment.remark, go); }
    if (comment.lost) { node("span", "lost", proof.word("lost"), go); }
    if (comment.now !== null) { node("span", comment.done ? "done" : "undone", proof.word(comment.done ? "done" : "undone"), go); }
    go.addEventListener("click", function () {
      chosen = comment.id;
      if (placed(comment).length) { proof.goTo(comment.page, placed(comment)[0]); } else { proof.select("", comment.page); }
      refresh();
    });
    if (comment.id === chosen && comment.boxes.length) { crops(row, comment); }
    comment.replies.forEach(function (reply) { node("p", "reply", reply.by + "：" + reply.text, row); });
    if (live && comment.id === chosen) { actions(row, comment); }
  }

  // The passage as it was and as it is, cut out of the pages' pictures.
  function crops(row, comment) {
    var pair = node("div", "crops", undefined, row);
    if (state.former[comment.page] && comment.before_boxes.length) {
      crop(pair, comment, "former/" + encodeURIComponent(comment.page) + ".webp", comment.before_boxes[0], "former");
    }
    crop(pair, comment, "pages/" + encodeURIComponent(comment.page) + ".reading.webp" + proof.version(comment.page), comment.boxes[0], "current");
  }

  function crop(pair, comment, address, box, word) {
    var page = state.issue.pages.filter(function (item) { return item.id === comment.page; })[0];
    var figure = node("figure", "", undefined, pair), view = node("div", "crop", undefined, figure), width = 288, scale = width / Math.max(box[2] + 24, 120);
    view.style.height = Math.ceil((box[3] + 12) * scale) + "px";
    view.style.backgroundImage = "url('" + address.replace(/'/g, "%27") + "')";
    view.style.backgroundSize = page.width * scale + "px " + page.height * scale + "px";
    view.style.backgroundPosition = -(box[0] - 12) * scale + "px " + -(box[1] - 6) * scale + "px";
    view.setAttribute("role", "img");
    view.setAttribute("aria-label", proof.word(word));
    node("figcaption", "", proof.word(word), figure);
  }

  function actions(row, comment) {
    var bar = node("div", "actions", undefined, row), field = node("input", "", undefined, bar);
    field.setAttribute("aria-label", proof.word("answer"));
    field.maxLength = 4000;
    named(bar, proof.word("answer"), function (by) {
      if (field.value.trim()) { send("api/comments/" + comment.id + "/reply", { version: comment.version, by: by, text: field.value }); }
    });
    var other = comment.state === "open" ? "resolved" : "open";
    named(bar, proof.word(other === "open" ? "reopen" : "resolve"), function (by) {
      send("api/comments/" + comment.id + "/state", { version: comment.version, by: by, state: other });
    });
    if (comment.state === "open" && comment.now !== null && !comment.done) {
      named(bar, proof.word("apply"), function (by) {
        get("api/comments/" + comment.id + "/diff", function (made) {
          row.querySelectorAll("pre, .sure").forEach(function (old) { old.remove(); });
          node("pre", "", made.diff, row);
          var sure = node("button", "sure", proof.word("confirm"), row);
          sure.addEventListener("click", function () { send("api/comments/" + comment.id + "/apply", { by: by }); });
        });
      });
    }
  }

  // A button that needs a name: whoever acts has signed.
  function named(parent, label, act) {
    var button = node("button", "", label, parent);
    button.type = "button";
    button.addEventListener("click", function () {
      var by = proof.recall("name") || (prompt(proof.word("by")) || "").trim();
      if (by) { proof.remember("name", by); act(by); }
    });
    return button;
  }

  function form(body) {
    var made = node("form", "write", undefined, body);
    node("h3", "", proof.word(marked.text ? "write" : "writeSpot"), made);
    if (marked.text) { node("q", "", marked.text, made); }
    var kind = choice(made, proof.word("kind"), marked.text ? "replace" : "layout", Object.keys(data.kinds).map(function (name) {
      return [name, state.language === "zh" ? data.kinds[name] : name];
    }), function () {});
    var wanted = field(made, "wanted"), remark = field(made, "remark", "textarea"), by = field(made, "by"), must = node("input");
    by.value = proof.recall("name");
    by.required = true;
    must.type = "checkbox";
    var label = node("label", "", undefined, made);
    label.append(must, proof.word("must"));
    node("button", "", proof.word("keep"), made);
    var drop = node("button", "", proof.word("drop"), made);
    drop.type = "button";
    drop.addEventListener("click", function () { marked = null; refresh(); });
    made.addEventListener("submit", function (event) {
      event.preventDefault();
      proof.remember("name", by.value.trim());
      var head = state.heads[marked.page];
      send("api/comments", {
        page: marked.page, boxes: marked.boxes, point: marked.point, kind: kind.value, wanted: wanted.value, remark: remark.value, by: by.value,
        must: must.checked, revision: head ? head.revision : ""
      }, function () { marked = null; });
    });
  }

  function field(parent, name, tag) {
    var label = node("label", "", undefined, parent);
    node("span", "", proof.word(name), label);
    var made = node(tag || "input", "", undefined, label);
    made.name = name;
    made.maxLength = name === "by" ? 40 : 4000;
    return made;
  }

  // --- marking a passage

  function selection() {
    var chosenText = getSelection();
    if (!live || !chosenText.rangeCount || chosenText.isCollapsed) { return; }
    var range = chosenText.getRangeAt(0), boxes = [], page = "";
    document.querySelectorAll(".sheet").forEach(function (sheet) {
      var info = proof.loaded(sheet.dataset.page);
      if (!info) { return; }
      sheet.querySelectorAll("g.text text").forEach(function (text, at) {
        if (!range.intersectsNode(text) || !text.firstChild) { return; }
        var line = info.lines[at], start = text.firstChild === range.startContainer ? range.startOffset : 0;
        var end = text.firstChild === range.endContainer ? range.endOffset : line[4].length, places = [];
        for (var place = start; place < end; place += 1) { places.push([line, place]); }
        page = sheet.dataset.page;
        boxes = boxes.concat(proof.boxesOf(places));
      });
    });
    if (boxes.length) { begin({ page: page, boxes: boxes, point: [], text: String(chosenText) }); }
  }

  function begin(place) {
    marked = place;
    proof.openPanel("remarks");
    refresh();
  }

  document.getElementById("stage").addEventListener("pointerup", function () { setTimeout(selection, 0); });
  document.getElementById("stage").addEventListener("keyup", function (event) { if (event.shiftKey) { selection(); } });
  document.getElementById("stage").addEventListener("click", function (event) {
    var paper = live && event.altKey && event.target.closest(".paper");
    if (!paper) { return; }
    var id = paper.parentNode.dataset.page, area = paper.getBoundingClientRect(), scale = proof.loaded(id).width / area.width;
    event.stopImmediatePropagation();
    begin({ page: id, boxes: [], point: [(event.clientX - area.left) * scale, (event.clientY - area.top) * scale], text: "" });
  }, true);

  // --- the server

  function get(address, act) {
    fetch(address).then(function (answer) { return answer.json().then(function (made) { return [answer.ok, made]; }); })
      .then(function (pair) { if (pair[0]) { act(pair[1]); } else { alert(pair[1].error); } });
  }

  function send(address, values, act) {
    fetch(address, { method: "POST", headers: { "Content-Type": "application/json", "X-Layout": "1" }, body: JSON.stringify(values) })
      .then(function (answer) { return answer.json().then(function (made) { return [answer.status, made]; }); })
      .then(function (pair) {
        if (pair[0] === 200) { data = pair[1]; if (act) { act(); } }
        else if (pair[0] === 409) { data = pair[1].now; alert(proof.word("conflict") + "\n" + pair[1].error); }
        else { alert(pair[1].error); return; }
        refresh();
      });
  }

  // A page that was built again takes its place: picture, text layer and findings are new, zoom and place stay.
  function renewed() {
    var left = document.getElementById("stage").scrollLeft, top = document.getElementById("stage").scrollTop;
    var before = Object.assign({}, state.heads), waiting = state.issue.pages.length;
    state.issue.pages.forEach(function (page) {
      proof.load("data/" + encodeURIComponent(page.id) + ".head.js?" + Date.now(), done, done);
    });
    function done() {
      waiting -= 1;
      if (waiting) { return; }
      Object.keys(state.heads).forEach(function (id) {
        if (!before[id] || before[id].version !== state.heads[id].version) { proof.forget(id); proof.renewThumb(id); }
      });
      proof.load("former/changes.js?" + Date.now(), shown, shown);
      get("api/comments", function (made) { data = made; refresh(); });
    }
    function shown() {
      var stage = document.getElementById("stage");
      proof.rebuild();
      stage.scrollLeft = left;
      stage.scrollTop = top;
      proof.tell("renewed", state.page);
    }
  }

  function trouble(text) {
    var box = document.getElementById("trouble");
    if (!text) { if (box) { box.remove(); } return; }
    box = box || node("section", "trouble", undefined, document.body);
    box.id = "trouble";
    box.setAttribute("role", "alert");
    box.textContent = "";
    node("p", "", proof.word("problem"), box);
    node("pre", "", text, box);
  }

  function listen() {
    var events = new EventSource("api/events");
    events.onmessage = function (message) {
      var event = JSON.parse(message.data);
      if (event.type === "error") { trouble(event.text); }
      if (event.type === "pages") { trouble(""); renewed(); }
      if (event.type === "comments") { get("api/comments", function (made) { data = made; refresh(); }); }
    };
    events.onerror = function () { proof.say(proof.word("offline")); };
  }

  proof.panel("remarks", panel);
  proof.on("dressed", draw);
  proof.on("issue", function () {
    if (!live) { proof.load("data/comments.js"); return; }
    get("api/comments", function (made) { data = made; refresh(); });
    listen();
  });
})(layoutProof);
