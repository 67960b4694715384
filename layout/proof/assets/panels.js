// The side panels: the story that was clicked, the findings, the changes. Others add theirs with `layoutProof.panel`.
"use strict";
(function (proof) {
  var tabs = document.getElementById("tabs"), panels = document.getElementById("panels"), known = [];
  var state = proof.state;

  function node(name, className, text, parent) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    if (parent) { parent.appendChild(made); }
    return made;
  }

  // Adds a panel: its name among the words, and what fills it whenever it is told to.
  function panel(name, fill) {
    var tab = node("button", "", "", tabs), body = node("section", "", undefined, panels);
    tab.id = "tab-" + name;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", "panel-" + name);
    body.id = "panel-" + name;
    body.setAttribute("role", "tabpanel");
    body.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", function () { open(name); });
    tab.addEventListener("keydown", function (event) {
      var by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by) {
        var at = known.findIndex(function (item) { return item.name === name; });
        var next = known[(at + by + known.length) % known.length];
        open(next.name);
        next.tab.focus();
      }
    });
    known.push({ name: name, tab: tab, body: body, fill: fill });
    if (known.length === 1) { open(name); } else { body.hidden = true; tab.tabIndex = -1; tab.setAttribute("aria-selected", "false"); }
    if (state.issue) { refill(); }
  }

  function open(name) {
    known.forEach(function (item) {
      var here = item.name === name;
      item.body.hidden = !here;
      item.tab.tabIndex = here ? 0 : -1;
      item.tab.setAttribute("aria-selected", String(here));
    });
  }

  function refill() {
    var data = proof.loaded(state.page);
    known.forEach(function (item) {
      item.tab.textContent = proof.word(item.name);
      item.body.textContent = "";
      var count = item.fill(item.body, data);
      if (count) { node("span", "count", String(count), item.tab); }
    });
  }

  function story(body, data) {
    var found = data && proof.storyOf(data, state.story);
    if (!data || !found) { node("p", "quiet", proof.word(data ? "noStory" : "waiting"), body); return 0; }
    if (found.kicker) { node("p", "kicker", found.kicker, body); }
    node("h2", "", found.headline, body);
    if (found.deck) { node("p", "deck", found.deck, body); }
    var facts = node("dl", "", undefined, body);
    [["source", found.file + ":" + found.line], ["byline", found.byline], ["story", found.id]].forEach(function (fact) {
      if (fact[1]) { node("dt", "", proof.word(fact[0]), facts); node("dd", fact[0] === "byline" ? "" : "path", fact[1], facts); }
    });
    node("dt", "", proof.word("characters"), facts);
    node("dd", "", String(found.count), facts);
    list(body, data.findings.filter(function (item) { return item.story === found.id; }));
    found.body.forEach(function (paragraph) {
      var made = node("p", paragraph.kind, undefined, body);
      node("span", "number", String(paragraph.line), made);
      made.append(paragraph.text);
    });
    return 0;
  }

  function list(body, findings) {
    if (!findings.length) { return; }
    var made = node("ol", "findings", undefined, body);
    findings.forEach(function (item) {
      var row = node("li", item.severity, undefined, made), go = node("button", "", undefined, row);
      node("b", "", item.code, go);
      go.append(" " + item[state.language]);
      if (item.place) { node("span", "path", item.place, go); }
      var advice = state.language === "zh" ? item.hint_zh || item.hint : item.hint;
      if (advice) { node("span", "hint", advice, go); }
      go.addEventListener("click", function () {
        var box = item.boxes[0] || (item.story && proof.around(proof.loaded(state.page), item.story));
        if (item.story) { proof.select(item.story); }
        if (box) { proof.goTo(state.page, box); }
      });
    });
  }

  function findings(body, data) {
    var own = data ? data.findings : [], whole = state.issue.findings;
    if (!own.length && !whole.length) { node("p", "quiet", proof.word("none"), body); }
    list(body, own);
    if (whole.length) {
      node("h3", "", proof.word("whole"), body);
      list(body, whole.map(function (item) { return Object.assign({ boxes: [] }, item); }));
    }
    return own.length + whole.length;
  }

  function changes(body, data) {
    var own = (data && state.former[state.page]) || [];
    if (!own.length) { node("p", "quiet", proof.word("noChanges"), body); return 0; }
    var made = node("ol", "changes", undefined, body);
    own.forEach(function (item) {
      var go = node("button", "", item[state.language], node("li", "", undefined, made));
      go.addEventListener("click", function () {
        if (!item.story) { return; }
        proof.select(item.story);
        var box = proof.around(proof.loaded(state.page), item.story);
        if (box) { proof.goTo(state.page, box); }
      });
    });
    return own.length;
  }

  proof.panel = panel;
  proof.openPanel = open;
  proof.refill = refill;
  proof.node = node;
  panel("story", story);
  panel("findings", findings);
  panel("changes", changes);
  ["language", "ready", "select", "page"].forEach(function (name) { proof.on(name, function () { if (state.issue) { refill(); } }); });
  proof.on("point", function (point) { if (point.story) { open("story"); } });
})(layoutProof);
