// Keys of the inbox and of "same or not", and the few touches that a page is fine without. No inline script; nothing here decides anything.
"use strict";

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("#rows .row > a")];
const keyed = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`);

function current() {
  const mail = document.querySelector("[data-mail]")?.dataset.mail;
  return rows().findIndex((link) => new URL(link.href).pathname.endsWith("/" + mail));
}

function mark() {
  const at = current();
  rows().forEach((link, place) => (place === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
}

function move(step) {
  const links = rows();
  const next = links[Math.min(links.length - 1, Math.max(0, current() + step))];
  if (!next) return;
  next.scrollIntoView({ block: "nearest" });
  next.click();
}

function press(key) {
  const target = keyed(key);
  if (!target) return false;
  if (target instanceof HTMLDetailsElement) {
    target.open = !target.open;
    if (target.open) target.querySelector("input:not([type=hidden]), button")?.focus();
  } else if (target.matches("input")) {
    target.focus();
  } else {
    target.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const open = document.querySelector("dialog[open]");
  if (open) return;
  if (event.key === "Escape") {
    const unfolded = event.target.closest("details[open]");
    if (unfolded) {
      unfolded.open = false;
      unfolded.querySelector("summary").focus();
    }
    return;
  }
  if (typing(event.target)) return;
  const inInbox = document.getElementById("triage");
  if (event.key === "Enter") {
    if (!inInbox || event.target.closest("a, button, summary, details, input")) return;
    if (press("a")) event.preventDefault();
    return;
  }
  if (inInbox && (event.key === "j" || event.key === "k")) {
    move(event.key === "j" ? 1 : -1);
    event.preventDefault();
    return;
  }
  if (event.key === "?") {
    document.getElementById("keys")?.showModal();
    return;
  }
  const keys = inInbox ? "adxhoum/" : document.getElementById("decision") ? "snqu" : "um/";
  if (keys.includes(event.key) && press(event.key)) event.preventDefault();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "detail" || event.detail.elt?.id === "detail") {
    mark();
    document.getElementById("detail").scrollTop = 0;
  }
});

// A mail that came in while the page was open must not stand in the list twice.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "rows") return;
  const seen = new Set();
  for (const link of rows()) {
    if (seen.has(link.pathname)) link.closest("li").remove();
    seen.add(link.pathname);
  }
  document.querySelector(".list .empty")?.remove();
});

document.addEventListener("click", (event) => {
  if (event.target.closest(".help-open")) document.getElementById("keys").showModal();
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
});

for (const element of document.querySelectorAll(".help-open, [data-print], [data-copy]")) element.hidden = false;

// A slider says its number while it is moved.
document.addEventListener("input", (event) => {
  const shown = event.target.dataset?.shows && document.getElementById(event.target.dataset.shows);
  if (shown) shown.textContent = event.target.value + " %";
});
