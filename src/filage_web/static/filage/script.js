/* Text: rows and frames put in order, passages chosen in a scene. Everything here has its form without JavaScript.

   data-sortable      a list whose [data-item] are put in order: dragged by [data-grip], stepped by [data-step], Alt + arrow
   data-said          where what was done is said       data-passage     the text of a scene, words chosen with arrows    */
(function () {
  "use strict";

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  /* --- putting in order: the form is sent when one says so, once for several moves --------------------------------- */

  const listOf = (item) => item.closest("[data-sortable]");
  const items = (list) => all("[data-item]", list);

  function say(item) {
    const said = item.closest("form") && item.closest("form").querySelector("[data-said]");
    if (!said) return;
    const fellows = items(listOf(item));
    const place = said.dataset.moved.replace("%s", item.dataset.name).replace("%n", fellows.indexOf(item) + 1).replace("%t", fellows.length);
    said.textContent = `${place} ${said.dataset.changed}`;
    said.classList.add("is-changed");
    window.onbeforeunload = (event) => { event.preventDefault(); };
  }
  document.addEventListener("submit", () => { window.onbeforeunload = null; });

  function step(item, by) {
    const fellows = items(listOf(item));
    const other = fellows[fellows.indexOf(item) + by];
    if (!other) return;
    const held = document.activeElement;
    other[by < 0 ? "before" : "after"](item);
    if (held && item.contains(held)) held.focus();
    item.scrollIntoView({ block: "nearest" });
    say(item);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sortable] [data-step]");
    if (!button) return;
    event.preventDefault();
    step(button.closest("[data-item]"), Number(button.dataset.step));
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !/^Arrow(Up|Down|Left|Right)$/.test(event.key)) return;
    const item = event.target.closest && event.target.closest("[data-sortable] [data-item]");
    if (!item) return;
    event.preventDefault();
    step(item, /Up|Left/.test(event.key) ? -1 : 1);
  });

  let dragged = null;
  document.addEventListener("mousedown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip) grip.closest("[data-item]").draggable = true;
  });
  document.addEventListener("mouseup", () => all("[data-item][draggable]").forEach((item) => item.removeAttribute("draggable")));
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest && event.target.closest("[data-item]");
    if (!dragged) return;
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.name || "");
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest && event.target.closest("[data-item]");
    if (!over || over === dragged || listOf(over) !== listOf(dragged)) { if (over === dragged && over) event.preventDefault(); return; }
    event.preventDefault();
    const box = over.getBoundingClientRect();
    const across = listOf(over).dataset.sortable === "across";
    const after = across ? event.clientX > box.left + box.width / 2 : event.clientY > box.top + box.height / 2;
    over[after ? "after" : "before"](dragged);
  });
  document.addEventListener("drop", (event) => { if (dragged) event.preventDefault(); });
  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    dragged.removeAttribute("draggable");
    say(dragged);
    dragged = null;
  });

  /* --- choosing a passage: with the mouse, or word by word with the arrows -------------------------------------------- */

  const text = document.querySelector("[data-passage]");
  const form = document.querySelector("[data-passage-form]");
  if (text && form) {
    const passage = form.elements.passage;
    const start = form.elements.start;
    const end = form.elements.end;
    const label = form.elements.label;
    const said = form.querySelector("[data-chosen]");
    const taking = document.querySelector("[data-take]");

    const spanOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");

    /* the rank, in the scene's text, of a place in the page; null when it is not in its words */
    function rank(node, offset) {
      const span = spanOf(node);
      if (!span || !text.contains(span)) return null;
      return Number(span.dataset.at) + (node.nodeType === Node.TEXT_NODE ? offset : 0);
    }

    function chosen() {
      const selection = window.getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      if (!text.contains(range.commonAncestorContainer)) return null;
      const words = all("[data-at]", text).filter((span) => range.intersectsNode(span));
      if (!words.length) return null;
      let from = rank(range.startContainer, range.startOffset);
      let to = rank(range.endContainer, range.endOffset);
      const last = words[words.length - 1];
      if (from === null) from = Number(words[0].dataset.at);
      if (to === null || to <= from) to = Number(last.dataset.at) + last.textContent.length;
      const quoted = selection.toString().replace(/\s+/g, " ").trim();
      return quoted ? { from, to, quoted } : null;
    }

    function take() {
      const found = chosen();
      if (!found) return false;
      passage.value = found.quoted;
      start.value = found.from;
      end.value = found.to;
      if (!label.dataset.typed) label.value = found.quoted.replace(/[.,;:!?…«»“”()]+$/u, "").trim().slice(0, 80);
      if (said) said.textContent = said.dataset.chosen.replace("%s", found.quoted);
      if (taking) taking.hidden = false;
      return true;
    }

    label.addEventListener("input", () => { label.dataset.typed = label.value ? "1" : ""; });
    passage.addEventListener("input", () => { start.value = ""; end.value = ""; });
    text.addEventListener("mouseup", () => window.setTimeout(take, 0));
    /* on a phone the ends of the selection are moved after the finger is lifted */
    let later = 0;
    document.addEventListener("selectionchange", () => {
      window.clearTimeout(later);
      later = window.setTimeout(take, 250);
    });

    /* the words of the text, each with the rank of its first sign and the one after its last */
    const WORD = /[\p{L}\p{N}](?:\S*[\p{L}\p{N}])?/gu;
    const paragraphs = all("p", text);
    const words = paragraphs.flatMap((paragraph, place) => {
      const spans = all("[data-at]", paragraph);
      const first = spans.length ? Number(spans[0].dataset.at) : 0;
      const whole = spans.map((span) => span.textContent).join("");
      return Array.from(whole.matchAll(WORD), (found) => ({ place, from: first + found.index, to: first + found.index + found[0].length }));
    });
    let anchor = -1;
    let focus = -1;

    /* a rank of the text as a place in the page */
    function point(at, end) {
      const span = all("[data-at]", text).find((one) => {
        const from = Number(one.dataset.at);
        return end ? from < at && at <= from + one.textContent.length : from <= at && at < from + one.textContent.length;
      });
      return span && [span.firstChild, at - Number(span.dataset.at)];
    }

    function select() {
      const from = point(words[Math.min(anchor, focus)].from, false);
      const to = point(words[Math.max(anchor, focus)].to, true);
      if (!from || !to) return;
      window.getSelection().setBaseAndExtent(...from, ...to);
      point(words[focus].from, false)[0].parentElement.scrollIntoView({ block: "nearest" });
      take();
    }

    /* the first word of the paragraph before or after */
    function across(by) {
      const wanted = words[focus].place + by;
      const found = by > 0 ? words.findIndex((word) => word.place >= wanted) : words.findIndex((word) => word.place === Math.max(wanted, words[0].place));
      return found < 0 ? focus : found;
    }

    text.addEventListener("keydown", (event) => {
      if (event.target !== text || event.ctrlKey || event.metaKey || event.altKey || !words.length) return;
      if (event.key === "Enter" && chosen()) {
        event.preventDefault();
        take();
        form.elements.category.focus();
        return;
      }
      if (!/^Arrow/.test(event.key)) return;
      event.preventDefault();
      if (focus < 0) { anchor = focus = 0; select(); return; }
      const last = words.length - 1;
      focus = { ArrowRight: Math.min(focus + 1, last), ArrowLeft: Math.max(focus - 1, 0), ArrowDown: across(1), ArrowUp: across(-1) }[event.key];
      if (!event.shiftKey) anchor = focus;
      select();
    });
  }
})();
