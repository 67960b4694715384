// The site's state and its data: what is shown, in which language, and who is told when it changes.
// Other scripts add to it through `layoutProof`: `on`, `panel`, `layer`, `goTo`, `mark`.
"use strict";
var layoutProof = (function () {
  // A page that has not been built yet.
  var UNBUILT = { width: 1, height: 1, stories: [], lines: [], pictures: [], adverts: [], findings: [], overset: {}, grid: { columns: [[0, 0]], top: 0, pitch: 1, lines: 0 } };
  var listeners = {}, waiting = {}, loaded = {};
  var state = { issue: null, former: {}, heads: {}, page: "", story: "", zoom: 0, fit: "width", view: "single", overlays: {}, language: "", compare: false };

  function on(name, act) { (listeners[name] = listeners[name] || []).push(act); }
  function tell(name, value) { (listeners[name] || []).forEach(function (act) { act(value); }); }

  function word(name, values) {
    var text = layoutWords[state.language][name] || name;
    Object.keys(values || {}).forEach(function (key) { text = text.replace("{" + key + "}", values[key]); });
    return text;
  }

  function speak(language) {
    state.language = language === "en" ? "en" : "zh";
    document.documentElement.lang = state.language === "zh" ? "zh-Hans" : "en";
    document.querySelectorAll("[data-word]").forEach(function (node) { node.textContent = word(node.dataset.word); });
    document.querySelectorAll("[data-label]").forEach(function (node) {
      node.setAttribute("aria-label", word(node.dataset.label));
      if (node.type === "search") { node.placeholder = word(node.dataset.label); }
    });
    document.getElementById("language").textContent = state.language === "zh" ? "EN" : "中";
    document.getElementById("language").lang = state.language === "zh" ? "en" : "zh-Hans";
    remember("language", state.language);
    tell("language", state.language);
  }

  function remember(name, value) { try { localStorage.setItem("layout." + name, value); } catch (ignored) { /* from disk it may be forbidden */ } }
  function recall(name) { try { return localStorage.getItem("layout." + name) || ""; } catch (ignored) { return ""; } }

  function issue(data) {
    state.issue = data;
    document.title = data.paper + " " + data.date;
    speak(recall("language") || (/^zh/i.test(navigator.language) ? "zh" : "en"));
    tell("issue", data);
    data.pages.forEach(function (page) { load("data/" + encodeURIComponent(page.id) + ".head.js"); });
    var wanted = decodeURIComponent(location.hash.slice(1)).split("/");
    var known = data.pages.some(function (page) { return page.id === wanted[0]; });
    show(known ? wanted[0] : data.pages[0].id);
    if (known && wanted[1]) { select(wanted[1], wanted[0]); }
  }

  // What changed since the earlier version that is kept: by page; pages that are not here have none.
  function former(data) { state.former = data; }

  function page(id, data) {
    loaded[id] = data;
    (waiting[id] || []).forEach(function (act) { act(data); });
    delete waiting[id];
    tell("page", id);
  }

  // Data of a page come with its script, loaded when the page is first looked at.
  function withPage(id, act) {
    if (loaded[id]) { act(loaded[id]); return; }
    if (waiting[id]) { waiting[id].push(act); return; }
    waiting[id] = [act];
    load("data/" + encodeURIComponent(id) + ".js" + version(id), function () { page(id, UNBUILT); });
  }

  function version(id) { return state.heads[id] ? "?" + state.heads[id].version : ""; }

  function load(address, missing, loaded) {
    var script = document.createElement("script");
    script.src = address;
    script.onload = function () { script.remove(); if (loaded) { loaded(); } };
    script.onerror = function () { script.remove(); if (missing) { missing(); } };
    document.body.appendChild(script);
  }

  // What is told of a page before it is opened: its findings' number, the errors it may have, its picture's version.
  function head(id, data) {
    state.heads[id] = data;
    tell("head", id);
  }

  function show(id) {
    if (state.page === id) { return; }
    state.page = id;
    tell("show", id);
    withPage(id, function () { tell("ready", id); });
  }

  function select(story, id) {
    state.story = story;
    if (id && id !== state.page) { show(id); }
    history.replaceState(null, "", "#" + encodeURIComponent(state.page) + (story ? "/" + encodeURIComponent(story) : ""));
    withPage(state.page, function () { tell("select", story); });
  }

  function say(text) { document.getElementById("said").textContent = text; }

  return {
    state: state, on: on, tell: tell, word: word, speak: speak, issue: issue, page: page, former: former, head: head, withPage: withPage,
    show: show, select: select, say: say, remember: remember, recall: recall,
    load: load, version: version,
    loaded: function (id) { return loaded[id]; },
    forget: function (id) { delete loaded[id]; }
  };
})();
