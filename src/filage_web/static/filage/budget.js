/* The keyboard of the budget's grid, over a table that reads and edits without it. Nothing is computed here: each write
   is answered by the rows, posts and totals that moved, drawn by the server.

   arrows move · Entrée or F2 edits · Échap gives up · Tab, while editing, goes to the next cell · Inser adds a line ·
   Ctrl Z undoes through the server, Ctrl Y does again · paste takes several cells of a spreadsheet · Suppr empties a
   figure, takes a line out from its name. budget_tools.js adds what is chosen, looked for, unfolded and the panel.    */
(function () {
  "use strict";

  const card = document.getElementById("budget");
  const grid = document.getElementById("grid");
  if (!card || !grid) return;
  const said = document.getElementById("grid-said");
  const undoButton = document.getElementById("grid-undo");
  const words = card.dataset;
  const editable = "editable" in words;
  const token = (JSON.parse(document.body.getAttribute("hx-headers") || "{}"))["X-CSRFToken"] || "";
  const writes = [];
  const undone = [];
  const watchers = [];
  let current = null;
  let editor = null;

  /* --- moving ------------------------------------------------------------------------------------------------------- */

  const cellOf = (target) => target.closest && target.closest("tbody td, tbody th");
  const column = (cell) => Array.prototype.indexOf.call(cell.parentElement.children, cell);

  function enhance(within) {
    within.querySelectorAll("tbody a").forEach((link) => { link.tabIndex = -1; });
  }

  function hold(cell, focus) {
    if (!cell) return;
    if (current && current !== cell) {
      current.removeAttribute("tabindex");
      current.parentElement.classList.remove("here");
    }
    current = cell;
    cell.tabIndex = 0;
    if (focus) {
      cell.parentElement.classList.add("here");
      cell.focus({ preventScroll: false });
    }
  }

  function rowAfter(row, step) {
    const next = step > 0 ? "nextElementSibling" : "previousElementSibling";
    if (row[next]) return row[next];
    let body = row.parentElement[next];
    while (body && (body.tagName !== "TBODY" || body.hidden || !body.rows.length)) body = body[next];
    if (!body || body.tagName !== "TBODY") return null;
    return step > 0 ? body.rows[0] : body.rows[body.rows.length - 1];
  }

  function moveRows(cell, count) {
    let row = cell.parentElement;
    for (let n = Math.abs(count); n > 0; n -= 1) {
      const next = rowAfter(row, count);
      if (!next) break;
      row = next;
    }
    return row.children[Math.min(column(cell), row.children.length - 1)];
  }

  function moveColumns(cell, step) {
    return step > 0 ? cell.nextElementSibling : cell.previousElementSibling;
  }

  function nextField(cell, step) {
    let found = cell;
    do {
      found = moveColumns(found, step) || edge(rowAfter(found.parentElement, step), step);
    } while (found && !found.dataset.field);
    return found || cell;
  }
  const edge = (row, step) => row && (step > 0 ? row.children[0] : row.children[row.children.length - 1]);

  function destination(event, cell) {
    const row = cell.parentElement;
    const ctrl = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowDown": return moveRows(cell, 1);
      case "ArrowUp": return moveRows(cell, -1);
      case "ArrowRight": return moveColumns(cell, 1);
      case "ArrowLeft": return moveColumns(cell, -1);
      case "PageDown": return moveRows(cell, 12);
      case "PageUp": return moveRows(cell, -12);
      case "Home": return ctrl ? moveRows(row.children[1], -1e6) : row.children[0];
      case "End": return ctrl ? moveRows(row.children[1], 1e6) : row.children[row.children.length - 1];
      default: return undefined;
    }
  }

  /* --- posts fold and unfold ------------------------------------------------------------------------------------------ */

  const key = (body) => body.id.slice(2);
  const bodies = () => Array.from(grid.querySelectorAll("tbody[data-lines]"));

  const foldOf = (body) => grid.querySelector(`[data-fold="${CSS.escape(body.id)}"]`);

  function within(address, fields) {
    const asked = new URLSearchParams({ ...searched(), ...fields });
    if (words.scenario) asked.set("scenario", words.scenario);
    return `${address}?${asked}`;
  }
  const searched = () => Object.fromEntries(new URLSearchParams(words.search || ""));

  async function rowsOf(body, start) {
    const address = words.post.replace("POST", encodeURIComponent(key(body)));
    const answer = await fetch(within(address, start ? { depuis: start } : {}));
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  }

  async function unfold(body) {
    if (!body.rows.length && Number(body.dataset.lines)) {
      say(busyWords(Number(body.dataset.lines)));
      try {
        body.innerHTML = await rowsOf(body, 0);
        enhance(body.parentElement);
      } catch { say(words.failed); return; }
      say("");
    }
    show(body, true);
  }

  function show(body, open) {
    body.hidden = !open;
    const link = foldOf(body);
    if (link) link.setAttribute("aria-expanded", String(open));
  }

  async function fold(link) {
    const body = document.getElementById(link.dataset.fold);
    if (body.hidden) await unfold(body);
    else show(body, false);
  }

  async function more(link) {
    const row = link.closest("tr");
    const body = row.parentElement;
    try {
      const html = await rowsOf(body, row.dataset.start);
      const box = document.createElement("tbody");
      box.innerHTML = html;
      const first = box.rows[0];
      row.replaceWith(...box.rows);
      enhance(body.parentElement);
      if (first) hold(first.children[1], true);
    } catch { say(words.failed); }
  }

  /* --- asking the server ----------------------------------------------------------------------------------------------- */

  const busyWords = (count) => words.computing.replace("%s", count.toLocaleString("fr-FR"));

  function say(text, problem) {
    if (!said) return;
    said.textContent = text;
    said.classList.toggle("is-breach", Boolean(problem));
  }

  async function ask(address, fields) {
    const form = stamp(new URLSearchParams(fields));
    const waiting = window.setTimeout(() => {
      grid.classList.add("busy");
      say(busyWords(Number(words.count)));
    }, 150);
    try {
      const answer = await fetch(address, {
        method: "POST", body: form, headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      const kind = answer.headers.get("Content-Type") || "";
      if (!kind.includes("json")) return { status: answer.status, data: { error: words.failed, retry: true } };
      return { status: answer.status, data: await answer.json() };
    } catch {
      return { status: 0, data: { error: words.lost, retry: true } };
    } finally {
      window.clearTimeout(waiting);
      grid.classList.remove("busy");
      say("");
    }
  }

  function stamp(form) {
    const loaded = bodies().filter((body) => body.rows.length).map(key);
    form.set("opened", loaded.join(",") || "aucun");
    form.set("scenario", words.scenario);
    form.set("scenario_seen", words.scenarioSeen);
    Object.entries(searched()).forEach(([name, value]) => form.set(name, value));
    return form;
  }

  /* --- what moved -------------------------------------------------------------------------------------------------------- */

  function replace(id, html) {
    const old = document.getElementById(id);
    if (!old) return null;
    const box = document.createElement("tbody");
    box.innerHTML = html;
    const fresh = box.firstElementChild;
    old.replaceWith(fresh);
    return fresh;
  }

  function takeBody(html) {
    const folded = new Set(bodies().filter((body) => body.hidden).map((body) => body.id));
    Array.from(grid.tBodies).forEach((body) => body.remove());
    grid.insertAdjacentHTML("beforeend", html);
    folded.forEach((id) => { const body = document.getElementById(id); if (body) show(body, false); });
    current = null;
    enhance(grid);
  }

  function take(data, redoing) {
    const place = current && { row: current.parentElement.id, column: column(current) };
    if (data.body !== undefined) takeBody(data.body);
    Object.entries(data.posts || {}).forEach(([id, html]) => {
      replace(id, html);
      const body = document.getElementById(`p-${id.slice(2)}`);
      if (body) show(body, !body.hidden);
    });
    Object.entries(data.rows || {}).forEach(([id, html]) => {
      const row = replace(id, html);
      if (row) row.classList.add("fresh");
    });
    Object.entries(data.parts || {}).forEach(([id, amounts]) => {
      const row = document.getElementById(id);
      if (row) amounts.forEach((text, n) => { row.children[4 + n].textContent = text; });
    });
    document.getElementById("totals").innerHTML = data.totals;
    document.getElementById("variables").innerHTML = data.variables;
    words.count = data.count;
    words.scenarioSeen = data.scenario_seen;
    if (data.undo && redoing !== "undo") writes.push(data.undo);
    if (data.undo && !redoing) undone.length = 0;
    if (undoButton) undoButton.hidden = !writes.length;
    enhance(grid);
    watchers.forEach((watch) => watch());
    if (place) {
      const row = document.getElementById(place.row);
      current = null;
      hold(row ? row.children[Math.min(place.column, row.children.length - 1)] : firstCell());
    }
    say(data.said || words.savedWord);
  }

  const firstCell = () => grid.querySelector("tbody th");

  /* --- editing one cell ---------------------------------------------------------------------------------------------------- */

  function open(cell, typed) {
    if (!editable || !cell.dataset.field || editor) return;
    const kept = document.createDocumentFragment();
    kept.append(...cell.childNodes);
    const box = document.createElement("div");
    const input = document.createElement("input");
    box.className = "cell-box";
    input.type = "text";
    input.autocomplete = "off";
    input.size = 1;
    input.value = typed === undefined ? cell.dataset.raw : typed;
    const name = nameOf(cell.parentElement);
    input.setAttribute("aria-label", words.editWord.replace("%s", `${name}, ${header(cell)}`.replace(/^, /, "")));
    box.append(input);
    cell.append(box);
    cell.classList.add("editing");
    editor = { cell, input, box, kept, sending: false, refused: null };
    input.focus();
    if (typed === undefined) input.select();
    input.addEventListener("keydown", inEditor);
    input.addEventListener("input", tryLater);
    input.addEventListener("blur", () => window.setTimeout(leave, 0));
    input.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain");
      if (!/[\t\n]/.test(text.replace(/\n$/, ""))) return;
      event.preventDefault();
      event.stopPropagation();
      const start = editor.cell;
      close(true);
      pasteAt(start, text);
    });
  }

  /* The name of a line, without what is marked beside it. */
  function nameOf(row) {
    const own = Array.from(row.querySelector("th").childNodes).find((node) => node.nodeType === Node.TEXT_NODE);
    return own ? own.textContent.trim() : "";
  }
  const header = (cell) => grid.tHead.rows[0].cells[column(cell)].textContent.trim();

  function close(focus) {
    if (!editor) return;
    const { cell, kept, box } = editor;
    editor = null;
    window.clearTimeout(trying);
    box.remove();
    cell.append(kept);
    cell.classList.remove("editing");
    const row = cell.parentElement;
    if (row.dataset.adds !== undefined) {
      const near = row.previousElementSibling ? row.previousElementSibling.children[1] : firstCell();
      if (current && current.parentElement === row) current = null;
      row.remove();
      if (focus) hold(near, true);
    } else if (focus) hold(cell, true);
  }

  function leave() {
    if (!editor || editor.sending || document.activeElement === editor.input || reasonBox.open) return;
    if (editor.box.contains(document.activeElement) || editor.refused === editor.input.value) return;
    if (editor.input.value === editor.cell.dataset.raw) close(false);
    else commit(null);
  }

  function inEditor(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      commit((cell) => moveRows(cell, event.shiftKey ? -1 : 1));
    } else if (event.key === "Tab") {
      event.preventDefault();
      commit((cell) => nextField(cell, event.shiftKey ? -1 : 1));
    }
  }

  /* What is typed is tried by the server while it is typed: the totals it would give, or the name at fault. */
  let trying = 0;

  function tryLater() {
    window.clearTimeout(trying);
    if (!words.try || !editor || editor.cell.parentElement.dataset.adds !== undefined) return;
    if (!["quantity", "unit_price", "rate"].includes(editor.cell.dataset.field)) return;
    trying = window.setTimeout(tryNow, 350);
  }

  async function tryNow() {
    const at = editor;
    if (!at || at.sending || !at.input.value.trim()) return;
    const typed = at.input.value;
    const form = stamp(new URLSearchParams({
      line: at.cell.parentElement.dataset.line, field: at.cell.dataset.field, value: typed,
    }));
    try {
      const answer = await fetch(words.try, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
      const data = await answer.json();
      if (editor !== at || at.sending || at.input.value !== typed) return;
      say(data.error || data.said || "", Boolean(data.error));
    } catch { /* the write itself will say it */ }
  }

  async function commit(then, reason) {
    const { cell, input } = editor;
    window.clearTimeout(trying);
    if (input.value === cell.dataset.raw) { say(""); close(true); if (then && cell.isConnected) hold(then(cell), true); return; }
    if (editor.sending) return;
    editor.sending = true;
    input.readOnly = true;
    const row = cell.parentElement;
    const adds = row.dataset.adds;
    const { status, data } = await ask(words.cell, {
      line: row.dataset.line || "", field: cell.dataset.field, value: input.value, seen: row.dataset.seen || "",
      reason: reason || "", ...(adds === undefined ? {} : { adds }),
    });
    if (!editor) return;
    editor.sending = false;
    input.readOnly = false;
    if (status === 200 && adds !== undefined) {
      editor = null;
      row.remove();
      current = null;
      take(data);
      const added = document.getElementById(data.line);
      if (added) { hold(then ? nextField(added.children[1], 1) : added.children[1], true); }
    } else if (status === 200) {
      const next = then ? then(cell) : cell;
      const place = { row: next.parentElement.id, column: column(next) };
      const away = !editor.box.contains(document.activeElement) && document.activeElement !== document.body;
      close(false);
      hold(cell);
      take(data);
      const target = document.getElementById(place.row);
      if (target) hold(target.children[Math.min(place.column, target.children.length - 1)], !(away && !then));
    } else if (data.reason) askReason(data.reason, then);
    else if (status === 409 && data.seen) {
      refuse(data.error, [
        [words.mineWord, () => {
          if (data.about.startsWith("scenario/")) words.scenarioSeen = data.seen; else row.dataset.seen = data.seen;
          commit(then, reason);
        }],
        [words.theirsWord, () => { close(true); window.location.reload(); }],
      ]);
    } else refuse(data.error, data.retry ? [[words.retryWord, () => commit(then, reason)]] : []);
  }

  function refuse(message, ways) {
    const { input, box, cell } = editor;
    clearRefusal();
    const text = document.createElement("p");
    text.className = "cell-error";
    text.id = "cell-error";
    text.setAttribute("role", "alert");
    text.append(document.getElementById("breach-icon").content.cloneNode(true), message);
    ways.forEach(([word, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = word;
      button.addEventListener("click", act);
      text.append(" ", button);
    });
    box.append(text);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "cell-error");
    editor.refused = input.value;
    input.addEventListener("input", clearRefusal, { once: true });
    if (cell.isConnected) input.focus();
  }

  function clearRefusal() {
    if (!editor) return;
    editor.box.querySelectorAll(".cell-error").forEach((error) => error.remove());
    editor.input.removeAttribute("aria-invalid");
    editor.refused = null;
  }

  /* --- a computed line replaced by hand: why? --------------------------------------------------------------------------------- */

  const reasonBox = document.getElementById("reason");
  const reasonText = document.getElementById("reason-text");
  let afterReason = null;

  function askReason(label, then) {
    reasonBox.querySelector("[data-about]").textContent = label;
    reasonText.value = "";
    afterReason = then;
    reasonBox.returnValue = "";
    reasonBox.showModal();
    reasonText.focus();
  }
  reasonBox.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!reasonText.value.trim()) {
      reasonText.setAttribute("aria-invalid", "true");
      reasonText.focus();
      return;
    }
    reasonText.removeAttribute("aria-invalid");
    reasonBox.close("given");
    if (editor) commit(afterReason, reasonText.value);
  });
  reasonBox.addEventListener("close", () => { if (editor && !editor.sending) editor.input.focus(); });
  document.querySelectorAll("[data-give-up]").forEach((button) => {
    button.addEventListener("click", () => button.closest("dialog").close());
  });

  /* --- several cells of a spreadsheet ------------------------------------------------------------------------------------------ */

  async function pasteAt(cell, text) {
    const row = cell.parentElement;
    const field = cell.dataset.field || ["", "label", "quantity", "unit_price", "amount", "committed"][column(cell)];
    const { status, data } = await ask(words.paste, { line: row.dataset.line || "", field: field || "", text });
    if (status === 200) { take(data); hold(current, true); return; }
    const box = document.getElementById("paste-errors");
    box.querySelector("[data-list]").replaceChildren(...(data.errors || [data.error]).map((message) => {
      const item = document.createElement("li");
      item.textContent = message;
      return item;
    }));
    box.showModal();
  }

  /* --- undo --------------------------------------------------------------------------------------------------------------------- */

  async function again(from, to, empty, kind) {
    if (!from.length) { say(empty); return; }
    const { status, data } = await ask(words.undo, { number: from[from.length - 1] });
    if (status === 200) {
      from.pop();
      take(data, kind);
      if (kind === "undo" && data.undo) to.push(data.undo);
      if (undoButton) undoButton.hidden = !writes.length;
      if (current) hold(current, true);
    } else say(data.error, true);
  }
  const undo = () => again(writes, undone, words.nothing, "undo");
  const redo = () => again(undone, writes, words.nothingAgain, "redo");

  /* --- a line added where one stands: stored once it has a name --------------------------------------------------------- */

  async function addLine(cell) {
    const at = cell.closest("tbody");
    const body = at.dataset.lines !== undefined ? at : at.nextElementSibling;
    if (!body || body.dataset.adds === undefined) { say(words.noAdding, true); return; }
    if (body.hidden || (!body.rows.length && Number(body.dataset.lines))) await unfold(body);
    const row = document.createElement("tr");
    row.dataset.adds = body.dataset.adds;
    row.className = "new";
    row.innerHTML = '<td class="muted"></td><th scope="row" data-field="label" data-raw=""></th><td></td><td></td><td></td><td></td><td></td>';
    if (body === at) cell.parentElement.after(row); else body.prepend(row);
    open(row.children[1]);
  }

  async function removeRows(rows) {
    const lines = rows.map((row) => ["line", row.dataset.line]);
    if (!lines.length) return;
    const next = rowAfter(rows[rows.length - 1], 1) || rowAfter(rows[0], -1);
    const { status, data } = await ask(words.remove, lines);
    if (status !== 200) { say(data.error, true); return; }
    const place = next && next.id;
    take(data);
    const row = place && document.getElementById(place);
    hold(row ? row.children[1] : current || firstCell(), true);
  }

  /* --- events ------------------------------------------------------------------------------------------------------------------- */

  function inPanel(link, event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    window.htmx.ajax("GET", link.getAttribute("href"), { target: "#panel", swap: "innerHTML" });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#grid a, #variables a[data-panel], #totals a[data-panel]");
    if (link && link.matches("[data-more]")) { event.preventDefault(); more(link); return; }
    if (link && link.matches(".fold")) { event.preventDefault(); fold(link); hold(cellOf(link), true); return; }
    if (link && link.matches("[data-panel], [data-edit], [data-add]")) {
      const within = cellOf(link);
      if (within) hold(within, true);
      inPanel(link, event);
      return;
    }
    const cell = grid.contains(event.target) && cellOf(event.target);
    if (!cell || (editor && editor.cell === cell) || event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (cell === current && cell === document.activeElement && event.detail === 1) open(cell);
    else if (!editor) hold(cell, true);
  });
  grid.addEventListener("dblclick", (event) => {
    const cell = cellOf(event.target);
    if (cell) open(cell);
  });
  grid.addEventListener("focusin", (event) => {
    if (!editor && event.target.matches("td, th")) hold(event.target, false);
    if (event.target === current) current.parentElement.classList.add("here");
  });

  grid.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches || !cell.matches("td, th") || event.altKey) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const next = destination(event, cell);
    if (next !== undefined && event.shiftKey && /^Arrow/.test(event.key)) return;
    if (next !== undefined) { event.preventDefault(); hold(next, true); return; }
    if (event.key === "Enter" || event.key === "F2") {
      if (ctrl) return;
      event.preventDefault();
      const link = cell.querySelector("a");
      if (cell.dataset.field && editable) open(cell);
      else if (link) link.click();
    } else if (event.key === " ") {
      const link = cell.querySelector("a.fold");
      if (link) { event.preventDefault(); link.click(); }
    } else if (event.key === "Insert" && !ctrl && editable) {
      event.preventDefault();
      addLine(cell);
    } else if (event.key === "Delete" && !ctrl && editable && column(cell) < 2 && cell.parentElement.dataset.line) {
      event.preventDefault();
      removeRows([cell.parentElement]);
    } else if ((event.key === "Delete" || event.key === "Backspace") && cell.dataset.field && !ctrl) {
      event.preventDefault();
      open(cell, "");
    } else if (event.key.toLowerCase() === "a" && !ctrl && document.documentElement.dataset.keys !== "off") {
      const body = cell.closest("tbody");
      const post = cell.closest("tr.post") || (body.previousElementSibling && body.previousElementSibling.querySelector("tr.post"));
      const adding = post && post.querySelector("[data-add]");
      if (adding) { event.preventDefault(); adding.click(); }
    } else if (/^[0-9]$/.test(event.key) && !ctrl && cell.dataset.field) {
      event.preventDefault();
      open(cell, event.key);
    }
  });

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !typing && editable) {
      event.preventDefault();
      undo();
    }
    const again = event.key.toLowerCase() === "y" || (event.shiftKey && event.key.toLowerCase() === "z");
    if ((event.ctrlKey || event.metaKey) && again && !typing && editable) {
      event.preventDefault();
      redo();
    }
  });
  if (undoButton) undoButton.addEventListener("click", undo);

  document.addEventListener("paste", (event) => {
    const cell = document.activeElement;
    if (!editable || editor || !cell || !cell.matches("#grid td, #grid th")) return;
    const text = event.clipboardData.getData("text/plain");
    if (!text) return;
    event.preventDefault();
    if (/[\t\n]/.test(text.replace(/\r?\n$/, ""))) pasteAt(cell, text);
    else open(cell, text.trim());
  });
  document.addEventListener("copy", (event) => {
    const cell = document.activeElement;
    if (!cell || !cell.matches("#grid td, #grid th") || String(window.getSelection()) || event.defaultPrevented) return;
    event.clipboardData.setData("text/plain", cell.dataset.raw || cell.textContent.trim());
    event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => {
    if (editor && editor.input.value !== editor.cell.dataset.raw) event.preventDefault();
  });

  grid.setAttribute("role", "grid");
  grid.classList.add("grid-on");
  enhance(grid);
  hold(firstCell());
  document.querySelectorAll("[data-to-grid]").forEach((link) => {
    link.addEventListener("click", (event) => {
      const cell = current || firstCell();
      if (cell) { event.preventDefault(); hold(cell, true); }
    });
  });

  window.filageGrid = {
    card, grid, words, editable, token, ask, stamp, take, takeBody, say, hold, column, rowAfter, moveRows, unfold, show,
    bodies, removeRows, within, held: () => current, editing: () => editor, watch: (act) => watchers.push(act),
  };
})();
