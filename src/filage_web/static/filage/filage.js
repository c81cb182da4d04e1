/* Behaviours of the shell. Pages read and work without this file; nothing here computes anything.

   data-open="palette|nav"   opens a part of the shell        data-why        what `?` opens
   data-close="panel"        empties the panel                data-key="a"    what the letter presses
   data-confirm              what Ctrl+Enter presses          data-cancel     what Escape presses first
   data-command="Words"      an action the palette offers     data-focus      what receives focus when swapped in
   data-toast                leaves after six seconds         data-autosubmit submits its form when changed   */
(function () {
  "use strict";

  const root = document.documentElement;
  const find = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/œ/g, "oe");
  const inField = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  const seen = (element) => element && !element.disabled && element.getClientRects().length > 0;

  /* --- panel ------------------------------------------------------------------------------------------------------ */

  let opener = null;
  const panel = () => find("#panel");
  const panelOpen = () => panel() && panel().childElementCount > 0;

  /* the row whose panel is open is marked as held */
  function hold(row) {
    all("tr[data-held]").forEach((held) => { held.classList.remove("selected"); delete held.dataset.held; });
    if (row && !row.classList.contains("selected")) { row.classList.add("selected"); row.dataset.held = ""; }
  }

  function closePanel() {
    if (!panelOpen()) return false;
    hold(null);
    panel().replaceChildren();
    document.dispatchEvent(new CustomEvent("filage:panel-closed"));
    if (opener && opener.isConnected) opener.focus();
    opener = null;
    return true;
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target !== panel() || panel().contains(event.target)) return;
    opener = document.activeElement;
    hold(event.target.closest("tbody tr:not(.group)"));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    const title = target && target.querySelector && target.querySelector("[data-focus]");
    if (title) title.focus({ preventScroll: true });
    if (title && target === panel()) panel().scrollTop = 0;
    const cost = target && target.id === "figures" && target.querySelector(".sum .end");
    if (cost && cost.closest(".known").contains(document.activeElement)) cost.scrollIntoView({ block: "nearest" });
    arm(document);
  });

  /* --- toasts: six seconds, unless looked at ------------------------------------------------------------------------ */

  function arm(within) {
    all("[data-toast]:not([data-armed])", within).forEach((toast) => {
      toast.dataset.armed = "true";
      let timer = 0;
      const start = () => { timer = window.setTimeout(() => toast.remove(), 6000); };
      const hold = () => window.clearTimeout(timer);
      toast.addEventListener("mouseenter", hold);
      toast.addEventListener("focusin", hold);
      toast.addEventListener("mouseleave", start);
      toast.addEventListener("focusout", start);
      start();
    });
  }

  function toast(text) {
    const box = document.createElement("div");
    box.className = "toast";
    box.setAttribute("role", "status");
    box.dataset.toast = "";
    box.textContent = text;
    find("#toasts").append(box);
    arm(document);
  }
  document.addEventListener("filage:toast", (event) => toast(event.detail.value || event.detail.text));

  /* --- a lost connection keeps what was typed ------------------------------------------------------------------------ */

  let again = null;

  function trouble(template, retry) {
    const shown = find("#toasts [data-trouble]");
    if (shown) shown.remove();
    const box = find(template).content.firstElementChild.cloneNode(true);
    box.dataset.trouble = "";
    find("#toasts").append(box);
    again = retry;
  }

  const retryOf = (event) => () => {
    const { elt, requestConfig } = event.detail;
    const form = elt.closest("form") || elt;
    if (requestConfig.triggeringEvent && requestConfig.triggeringEvent.type === "submit") form.requestSubmit();
    else window.htmx.trigger(elt, (requestConfig.triggeringEvent || {}).type || "click");
  };
  document.addEventListener("htmx:sendError", (event) => trouble("#offline", retryOf(event)));
  document.addEventListener("htmx:timeout", (event) => trouble("#offline", retryOf(event)));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) trouble("#failed", retryOf(event));
  });
  document.addEventListener("submit", (event) => {
    if (!navigator.onLine && !event.defaultPrevented) {
      event.preventDefault();
      trouble("#offline", () => event.target.requestSubmit(event.submitter));
    }
  });

  /* --- palette ------------------------------------------------------------------------------------------------------ */

  const palette = find("#palette");
  let places = null;
  let options = [];
  let chosen = 0;
  let asked = 0;

  function commands() {
    return all("[data-command]").filter(seen).map((element) => ({
      label: element.dataset.command || element.textContent.trim(), group: "Créer, agir", words: "", act: () => element.click(),
    }));
  }

  async function load() {
    if (places) return;
    places = [];
    try {
      const answer = await fetch(document.body.dataset.palette, { headers: { Accept: "application/json" } });
      if (answer.ok) places = (await answer.json()).places;
    } catch { /* offline: the actions of the page remain */ }
  }

  async function lookUp(words) {
    if (words.length < 2) return [];
    try {
      const answer = await fetch(`${document.body.dataset.palette}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
      return answer.ok ? (await answer.json()).found || [] : [];
    } catch { return []; }
  }

  function matching(words) {
    const parts = fold(words).split(/\s+/).filter(Boolean);
    return [...commands(), ...(places || [])].filter((place) => {
      const text = fold(`${place.label} ${place.words || ""} ${place.group || ""}`);
      return parts.every((part) => text.includes(part));
    });
  }

  function draw(list) {
    const box = find("[role=listbox]", palette);
    options = list.slice(0, 60);
    chosen = 0;
    box.replaceChildren(...options.map((place, rank) => {
      const option = document.createElement("div");
      option.setAttribute("role", "option");
      option.id = `palette-${rank}`;
      const label = document.createElement("span");
      const group = document.createElement("span");
      label.textContent = place.label;
      group.textContent = place.group || "";
      group.className = "group";
      option.append(label, group);
      option.addEventListener("click", () => follow(rank));
      option.addEventListener("mousemove", () => choose(rank));
      return option;
    }));
    find(".nothing", palette).hidden = options.length > 0;
    choose(0);
  }

  function choose(rank) {
    const items = all("[role=option]", palette);
    chosen = Math.max(0, Math.min(rank, items.length - 1));
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    const input = find("input", palette);
    if (items[chosen]) {
      input.setAttribute("aria-activedescendant", items[chosen].id);
      items[chosen].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function follow(rank) {
    const place = options[rank];
    if (!place) return;
    palette.close();
    if (place.act) place.act();
    else window.location.assign(place.href);
  }

  async function openPalette() {
    if (!palette || palette.open) return;
    const input = find("input", palette);
    input.value = "";
    palette.showModal();
    draw(matching(""));
    await load();
    draw(matching(input.value));
  }

  if (palette) {
    const input = find("input", palette);
    input.addEventListener("input", async () => {
      const mine = ++asked;
      const words = input.value.trim();
      draw(matching(words));
      const found = await lookUp(words);
      if (mine === asked && found.length) draw([...matching(words), ...found]);
    });
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) { event.preventDefault(); choose(chosen + step); }
      if (event.key === "Enter") { event.preventDefault(); follow(chosen); }
    });
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
  }

  /* --- navigation and menus ------------------------------------------------------------------------------------------ */

  function toggleNav(open) {
    const nav = find("#nav");
    if (!nav) return;
    nav.classList.toggle("open", open);
    if (open) (find("[aria-current]", nav) || find("a", nav)).focus();
  }

  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-open]");
    if (open) {
      event.preventDefault();
      if (open.dataset.open === "palette") openPalette();
      if (open.dataset.open === "nav") toggleNav(!find("#nav").classList.contains("open"));
      return;
    }
    const close = event.target.closest("[data-close=panel]");
    if (close) {
      if (close.closest("#panel")) event.preventDefault(); /* a link outside the panel still leads back */
      closePanel();
      return;
    }
    if (event.target.closest("[data-retry]")) {
      event.target.closest(".toast").remove();
      if (again) again();
      return;
    }
    if (find("#nav.open") && !event.target.closest("#nav")) toggleNav(false);
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-autosubmit]")) event.target.form.requestSubmit();
  });

  /* --- keyboard ------------------------------------------------------------------------------------------------------ */

  function why() {
    const here = document.activeElement.closest("tr, li, [data-row]");
    const marked = find("[aria-selected=true], .selected");
    const link = [here, marked, find("#main")].filter(Boolean).map((place) => all("[data-why]", place).find(seen)).find(Boolean);
    if (link) link.click();
    return Boolean(link);
  }

  function escape() {
    const menu = find("details.menu[open]");
    if (menu) { menu.open = false; find("summary", menu).focus(); return true; }
    if (find("#nav.open")) { toggleNav(false); const button = find("[data-open=nav]"); if (button) button.focus(); return true; }
    const cancel = all("[data-cancel]").find(seen);
    if (cancel) { cancel.click(); return true; }
    return closePanel();
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key.toLowerCase() === "k") { event.preventDefault(); openPalette(); return; }
    if (palette && palette.open) return;
    if (ctrl && event.key === "Enter") {
      const within = event.target.closest("form, .panel-inner, dialog") || document;
      const confirm = all("[data-confirm]", within).concat(all("[data-confirm]")).find(seen);
      if (confirm) { event.preventDefault(); confirm.click(); }
      return;
    }
    if (event.key === "Escape") {
      if (find("dialog[open]")) return;
      if (escape()) event.preventDefault();
      return;
    }
    if (ctrl || event.altKey || inField(event.target) || root.dataset.keys === "off" || event.key.length !== 1) return;
    if (event.key === "?") { if (why()) event.preventDefault(); return; }
    const pressed = all(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`).find(seen);
    if (pressed) { event.preventDefault(); pressed.click(); }
  });

  arm(document);
  if (panelOpen()) { const title = find("#panel [data-focus]"); if (title) title.focus({ preventScroll: true }); }
})();
