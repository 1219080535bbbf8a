// Listens, in a page on this machine, for changes of the site: a style sheet is
// swapped in place, a page is loaded again where it was scrolled to, and a
// fault is shown over the page until it is mended. Never part of a built site.
"use strict";
(() => {
  let mark = document.currentScript.dataset.mark;
  let source = null;
  let notice = null;
  let hidden = null;
  const place = "reload:" + location.pathname;

  function loadAgain() {
    sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
    location.reload();
  }

  function scrollBack() {
    const kept = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (kept) scrollTo(...JSON.parse(kept));
  }

  // The old sheet goes when the new one is there: nothing flickers.
  function swap(styles) {
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const address = new URL(link.href);
      const next = styles[link.getAttribute("href")] ?? styles[address.pathname];
      if (next === undefined) continue;
      const fresh = link.cloneNode();
      fresh.href = next === link.getAttribute("href") ? `${next}?${mark}` : next;
      fresh.onload = () => link.remove();
      fresh.onerror = loadAgain;
      link.after(fresh);
    }
  }

  const look = `
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 70vh; overflow: auto;
      padding: 1rem 1.5rem 1.5rem; background: #1d1b19; color: #fffdf8; border-top: .4rem solid #d6455d;
      font: 1rem/1.5 system-ui, sans-serif; text-align: left; }
    h2 { margin: 0 0 .25rem; font-size: 1.25rem; }
    p { margin: 0 0 1rem; }
    pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .9375rem/1.5 ui-monospace, monospace; }
    .warning { border-top-color: #e0a526; max-height: 30vh; }
    button { float: right; font: inherit; padding: .25rem .75rem; cursor: pointer; }`;

  const broken = ["The change cannot be shown yet",
    "This page is the last that was right. The notice goes when this is mended:"];
  const warned = ["Something should be looked at", "The site is built all the same:"];

  function tell(text, [title, lead], kind) {
    unsay();
    const part = (name, content) => Object.assign(document.createElement(name), { textContent: content });
    notice = document.createElement("div");
    notice.id = "reload-notice";
    const root = notice.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement("section");
    section.setAttribute("role", kind === "warning" ? "status" : "alert");
    section.className = kind;
    const hide = part("button", "Hide");
    hide.onclick = () => {
      // A warning that somebody has seen is not shown again in this page.
      hidden = text;
      unsay();
    };
    section.append(hide, part("h2", title), part("p", lead), part("pre", text));
    root.append(section);
    document.body.append(notice);
  }

  function unsay() {
    notice?.remove();
    notice = null;
  }

  function listen() {
    if (source) return;
    const query = new URLSearchParams({ page: location.pathname, since: mark });
    source = new EventSource("/dev/changes?" + query);
    const on = (name, act) => source.addEventListener(name, (event) => {
      act(JSON.parse(event.data));
      if (event.lastEventId) mark = event.lastEventId;
    });
    on("page", loadAgain);
    on("styles", swap);
    on("broken", (text) => tell(text, broken, "error"));
    on("warned", (text) => { if (hidden !== text) tell(text, warned, "warning"); });
    on("mended", unsay);
  }

  // A browser keeps only a few connections to one server: a page that nobody
  // sees gives its own back, and asks what it missed when it is seen again.
  function listenIfSeen() {
    if (document.visibilityState === "visible") return listen();
    source?.close();
    source = null;
  }

  addEventListener("load", scrollBack);
  addEventListener("pagehide", () => { source?.close(); source = null; });
  addEventListener("pageshow", listenIfSeen);
  document.addEventListener("visibilitychange", listenIfSeen);
  listenIfSeen();
})();
