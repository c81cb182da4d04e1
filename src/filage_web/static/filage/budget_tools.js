/* Around the grid of the budget: several cells chosen and copied, several lines acted on, lines looked for, a line that
   an address names, and the forms of the panel, whose writes the grid takes without reading the page again.          */
(function () {
  "use strict";

  const at = window.filageGrid;
  if (!at) return;
  const { grid, words, say, hold, column } = at;
  const panel = document.getElementById("panel");
  const phone = window.matchMedia("(max-width: 639.9px)");

  /* --- several cells, several lines ------------------------------------------------------------------------------------ */

  const bar = document.getElementById("picked");
  const kept = new Set();
  let from = null;

  const shownRows = () => Array.from(grid.querySelectorAll("tbody:not([hidden]) tr[data-line]"));

  function block() {
    const to = at.held();
    if (!from || !to || !from.isConnected || from === to) return null;
    const rows = shownRows();
    const ends = [rows.indexOf(from.parentElement), rows.indexOf(to.parentElement)].sort((a, b) => a - b);
    if (ends[0] < 0) return null;
    const columns = [column(from), column(to)].sort((a, b) => a - b);
    return { rows: rows.slice(ends[0], ends[1] + 1), first: columns[0], last: columns[1] };
  }

  function chosenRows() {
    const found = block();
    const own = new Set(found && found.rows.length > 1 ? found.rows : []);
    kept.forEach((id) => { const row = document.getElementById(id); if (row) own.add(row); });
    return shownRows().filter((row) => own.has(row));
  }

  function paint() {
    grid.querySelectorAll(".picked").forEach((cell) => cell.classList.remove("picked"));
    grid.querySelectorAll("tr[aria-selected]").forEach((row) => row.removeAttribute("aria-selected"));
    const found = block();
    if (found) found.rows.forEach((row) => {
      for (let n = found.first; n <= found.last; n += 1) row.children[n].classList.add("picked");
    });
    const rows = chosenRows();
    rows.forEach((row) => row.setAttribute("aria-selected", "true"));
    if (!bar) return;
    bar.hidden = !rows.length;
    bar.querySelector("[data-count]").textContent = rows.length > 1 ? words.pickedMany.replace("%s", rows.length) : words.pickedOne;
  }

  function letGo() { from = null; kept.clear(); paint(); }

  grid.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("td, th") || event.altKey || at.editing()) return;
    if (event.shiftKey && /^Arrow/.test(event.key)) {
      event.preventDefault();
      if (!from) from = cell;
      const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
      const next = step[0] ? at.moveRows(cell, step[0]) : cell.parentElement.children[column(cell) + step[1]];
      if (next) hold(next, true);
      paint();
    } else if (event.key === " " && event.shiftKey && cell.parentElement.dataset.line) {
      event.preventDefault();
      toggle(cell.parentElement);
    } else if (event.key === "Escape" && (from || kept.size)) {
      letGo();
    } else if (event.key === "Delete" && at.editable) {
      const rows = chosenRows();
      if (rows.length > 1) { event.preventDefault(); event.stopImmediatePropagation(); letGo(); at.removeRows(rows); }
    } else if (/^(Arrow|Page|Home|End|Tab)/.test(event.key) && from) {
      letGo();
    }
  }, true);

  function toggle(row) {
    if (kept.has(row.id)) kept.delete(row.id); else kept.add(row.id);
    paint();
  }

  grid.addEventListener("mousedown", (event) => { if (event.shiftKey) event.preventDefault(); });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("tbody td, tbody th");
    const row = cell && cell.parentElement;
    if (!row || !row.dataset.line) return;
    if (event.shiftKey) {
      event.preventDefault();
      if (!from) from = at.held();
      hold(cell, true);
      paint();
    } else if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      toggle(row);
    } else if (from || kept.size) letGo();
  }, true);

  document.addEventListener("copy", (event) => {
    const found = block();
    if (!found || !grid.contains(document.activeElement) || at.editing()) return;
    const lines = found.rows.map((row) => {
      const cells = [];
      for (let n = found.first; n <= found.last; n += 1) {
        const cell = row.children[n];
        cells.push(cell.dataset.raw || (cell.querySelector("a.plain") || cell).textContent.trim());
      }
      return cells.join("\t");
    });
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
    say(words.copied.replace("%s", found.rows.length));
  }, true);

  if (bar) bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-several], [data-let-go], [data-remove-picked]");
    if (!button) return;
    const rows = chosenRows();
    if (button.matches("[data-let-go]")) letGo();
    else if (button.matches("[data-remove-picked]")) { letGo(); at.removeRows(rows); }
    else {
      const asked = new URLSearchParams(rows.map((row) => ["line", row.dataset.line]));
      if (words.scenario) asked.set("scenario", words.scenario);
      window.htmx.ajax("GET", `${button.dataset.several}?${asked}`, { target: "#panel", swap: "innerHTML" });
    }
  });
  at.watch(paint);

  /* --- the forms of the panel, and those that write at once ------------------------------------------------------------ */

  function fill(html) {
    panel.innerHTML = html;
    window.htmx.process(panel);
    const first = panel.querySelector(".error, [data-focus]");
    const field = first && first.closest(".field") && first.closest(".field").querySelector("input, select, textarea");
    (field || panel.querySelector("[data-focus]") || panel).focus();
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-grid-form]")) return;
    event.preventDefault();
    const body = at.stamp(new FormData(form, event.submitter));
    form.classList.add("busy");
    let answer;
    try {
      answer = await fetch(form.getAttribute("action"), {
        method: "POST", body,
        headers: { "X-CSRFToken": at.token, Accept: "application/json, text/html", "HX-Request": "true" },
      });
    } catch { say(words.lost, true); return; } finally { form.classList.remove("busy"); }
    const next = answer.headers.get("HX-Redirect");
    if (next) { window.location.assign(next); return; }
    if (!(answer.headers.get("Content-Type") || "").includes("json")) {
      if (answer.status < 500) fill(await answer.text()); else say(words.failed, true);
      return;
    }
    const data = await answer.json();
    if (!answer.ok) { say(data.error || words.failed, true); return; }
    at.take(data);
    if (data.close && panel) panel.replaceChildren();
    if (at.held()) hold(at.held(), true);
  });

  document.querySelectorAll(".adding .menu-list").forEach((list) => {
    list.addEventListener("click", () => { list.closest("details").open = false; });
  });

  /* --- lines looked for ------------------------------------------------------------------------------------------------- */

  const finder = document.getElementById("grid-find");
  let waiting = 0;
  let asked = 0;

  async function find() {
    const wanted = new URLSearchParams(Array.from(new FormData(finder)).filter(([name, value]) => value && name !== "scenario"));
    const turn = asked += 1;
    words.search = wanted.toString();
    const address = new URLSearchParams(wanted);
    if (words.scenario) address.set("scenario", words.scenario);
    try {
      const answer = await fetch(`${words.find}?${address}`, { headers: { Accept: "application/json" } });
      const data = await answer.json();
      if (turn !== asked) return;
      at.takeBody(data.body);
      hold(grid.querySelector("tbody tr[data-line] th") || grid.querySelector("tbody th"));
      say(words.search ? words.foundWord.replace("%s", data.found).replace("%t", data.count) : "");
      finder.querySelector("[data-clear]").hidden = !words.search;
      window.history.replaceState(null, "", `${window.location.pathname}${String(address) ? `?${address}` : ""}`);
    } catch { say(words.failed, true); }
  }

  if (finder) {
    finder.addEventListener("input", () => { window.clearTimeout(waiting); waiting = window.setTimeout(find, 250); });
    finder.addEventListener("submit", (event) => { event.preventDefault(); window.clearTimeout(waiting); find(); });
    finder.querySelector("[data-clear]").addEventListener("click", (event) => {
      event.preventDefault();
      finder.querySelectorAll("input[type=search], select").forEach((field) => { field.value = ""; });
      find();
    });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f" && grid.contains(document.activeElement)) {
        event.preventDefault();
        finder.querySelector("input[type=search]").focus();
      }
    });
  }

  /* --- a line that an address names: its post unfolds ------------------------------------------------------------------- */

  async function follow() {
    const anchor = decodeURIComponent(window.location.hash.slice(1));
    if (!anchor || !/^(budget_line|funding|l|g|p)-/.test(anchor)) return;
    let row = document.getElementById(anchor);
    if (!row) {
      try {
        const answer = await fetch(at.within(words.where, { ligne: anchor }));
        const { post } = await answer.json();
        const body = post && document.getElementById(`p-${post}`);
        if (body) await at.unfold(body);
      } catch { return; }
      row = document.getElementById(anchor);
    }
    if (!row || !grid.contains(row)) return;
    const body = row.closest("tbody");
    if (body.hidden) at.show(body, true);
    window.history.scrollRestoration = "manual";
    hold(row.querySelector("th"), true);
    row.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", follow);

  /* --- every post folded or not; folded at first on a phone ----------------------------------------------------------------- */

  const all = document.getElementById("grid-fold");

  function foldAll(open) {
    at.bodies().forEach((body) => { if (!open || body.rows.length || !Number(body.dataset.lines)) at.show(body, open); });
    if (all) all.textContent = open ? words.foldWord : words.unfoldWord;
  }
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => foldAll(!at.bodies().some((body) => !body.hidden && body.rows.length)));
  }
  if (phone.matches && !window.location.hash && !words.search && !words.opened && grid.querySelectorAll("tr[data-line]").length > 12) foldAll(false);
  follow();
  if (window.location.hash) window.addEventListener("load", follow);
})();
