/* Calendar: a date is chosen and moved with the keys or the mouse; its conflicts are said on the way, its effect is shown
   before anything is written. Without this file, the page of a date does the same with forms. */
(function () {
  "use strict";

  const find = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const dates = () => all("#main [data-event]").filter((link) => link.getClientRects().length > 0);
  const words = find("#drag-words");
  const QUARTER = 15;
  const HOUR_SIZE = 44;
  const PAUSE = 450;

  const addressOf = (link) => link.getAttribute("hx-get");
  const two = (number) => String(number).padStart(2, "0");
  const minutesOf = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
  const clockOf = (minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  function dayAfter(day, days) {
    const moved = new Date(`${day}T12:00:00Z`);
    moved.setUTCDate(moved.getUTCDate() + days);
    return moved.toISOString().slice(0, 10);
  }

  /* --- choosing ------------------------------------------------------------------------------------------------- */

  function select(link) {
    all("#main .selected").forEach((row) => row.classList.remove("selected"));
    const row = link.closest("[data-row]");
    if (row) row.classList.add("selected");
  }

  function next(link, step) {
    const list = dates();
    const found = list[list.indexOf(link) + step];
    if (found) { found.focus(); found.scrollIntoView({ block: "nearest" }); }
  }

  document.addEventListener("focusin", (event) => {
    const link = event.target.closest("#main [data-event]");
    if (link) select(link);
  });

  /* An address that names a date comes to it, even when it is past and the list begins today. */
  const named = window.location.hash.startsWith("#event-") && window.location.hash.slice(1);
  if (named && !document.getElementById(named) && !/passees|vue=(mois|semaine|ressources)/.test(window.location.search)) {
    const query = new URLSearchParams(window.location.search);
    query.set("passees", "1");
    window.location.replace(`${window.location.pathname}?${query}#${named}`);
  } else if (named) {
    const row = document.getElementById(named);
    const link = row && (row.matches("[data-event]") ? row : find("[data-event]", row));
    if (link) link.focus();
  }

  /* --- the old place dashed, the new one outlined ----------------------------------------------------------------- */

  function clearGhosts() {
    all("#main span.slot.new").forEach((slot) => slot.remove());
    all("#main a.slot.old").forEach((slot) => slot.classList.remove("old"));
  }

  function placeOf(cell, day, venue) {
    const wanted = `[data-day="${day}"]`;
    const board = cell.closest(".board");
    if (board && venue) return find(`tr[data-venue="${CSS.escape(venue)}"] ${wanted}`, board);
    return find(wanted, cell.closest("tr")) || find(wanted, cell.closest("table"));
  }

  function ghosts(link, there) {
    clearGhosts();
    all(`#main a.slot[data-date="${CSS.escape(link.dataset.date)}"]`).forEach((slot) => {
      const cell = slot.closest("[data-day]");
      if (!cell) return;
      const onVenue = slot.closest("tr").dataset.venue;
      const place = placeOf(cell, there.day, onVenue ? there.venue || onVenue : "");
      slot.classList.add("old");
      if (!place) return;
      const copy = document.createElement("span");
      copy.className = "slot new";
      copy.setAttribute("aria-hidden", "true");
      const text = document.createElement("span");
      text.className = "what";
      const title = find(".what", slot);
      text.textContent = there.start && link.dataset.start ? title.textContent.replace(link.dataset.start, there.start) : title.textContent;
      copy.append(text);
      const column = find(".column", place);
      const from = Array.from(slot.classList).find((name) => name.startsWith("from-"));
      if (column && from && link.dataset.start) {
        const start = there.start || link.dataset.start;
        const row = minutesOf(start) / QUARTER - Number(place.dataset.hours) * 4;
        if (row >= 0) copy.classList.add(`from-${Math.floor(row)}`, ...Array.from(slot.classList).filter((name) => name.startsWith("for-")));
        column.append(copy);
      } else place.append(copy);
    });
  }
  document.addEventListener("filage:panel-closed", clearGhosts);

  /* --- conflicts on the way: asked once per place, said in words ---------------------------------------------------- */

  const known = new Map();
  let asking = 0;
  let wait = 0;

  const keyOf = (link, there) => `${link.dataset.date} ${there.day} ${there.start} ${there.venue}`;

  function queryOf(link, there) {
    const query = new URLSearchParams();
    if (there.day !== link.dataset.on) query.set("jour", there.day);
    if (there.start && there.start !== link.dataset.start) query.set("debut", there.start);
    if (there.venue && there.venue !== link.dataset.venue) query.set("lieu", there.venue);
    const scenario = new URLSearchParams(window.location.search).get("scenario");
    if (scenario) query.set("scenario", scenario);
    return query;
  }

  const moves = (link, there) => ["jour", "debut", "lieu"].some((name) => queryOf(link, there).has(name));

  function say(text, blocking) {
    if (!words) return;
    words.hidden = !text;
    words.textContent = text;
    words.classList.toggle("breach", blocking > 0);
    all(".slot.ghost, #main span.slot.new").forEach((slot) => slot.classList.toggle("clash", blocking > 0));
  }

  function check(link, there) {
    window.clearTimeout(wait);
    const key = keyOf(link, there);
    if (!moves(link, there)) { say("", 0); return; }
    if (known.has(key)) { const said = known.get(key); say(said.words, said.blocking); return; }
    const mine = ++asking;
    wait = window.setTimeout(async () => {
      say(words ? words.dataset.checking : "", 0);
      try {
        const answer = await fetch(`${addressOf(link)}verifier/?${queryOf(link, there)}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const said = await answer.json();
        known.set(key, said);
        if (mine === asking) say(said.words, said.blocking);
      } catch { if (mine === asking) say("", 0); } /* offline: the effect will tell */
    }, 90);
  }

  function hush() { asking++; window.clearTimeout(wait); say("", 0); }

  /* --- going there: the effect, in the panel ---------------------------------------------------------------------- */

  function show(link, there) {
    if (!moves(link, there)) { clearGhosts(); return; }
    const values = Object.fromEntries(queryOf(link, there));
    window.htmx.ajax("POST", `${addressOf(link)}deplacer/`, { source: link, target: "#panel", swap: "innerHTML", values: values });
  }

  function locked(link) {
    if (!("locked" in link.dataset)) return false;
    if (words) { place(words, link.getBoundingClientRect()); say(words.dataset.locked, 1); window.setTimeout(hush, 4000); }
    return true;
  }

  function place(box, near) {
    box.style.left = `${Math.max(8, Math.min(near.left, window.innerWidth - 356))}px`;
    box.style.top = `${Math.min(near.bottom + 8, window.innerHeight - 90)}px`;
  }

  /* --- keys: presses add up, then the effect is shown --------------------------------------------------------------- */

  let pending = null;

  function step(link, days, minutes) {
    if (locked(link)) return;
    if (!pending || pending.link !== link) pending = { link: link, days: 0, minutes: 0, timer: 0 };
    pending.days += days;
    pending.minutes += minutes;
    const start = link.dataset.start;
    let total = start ? minutesOf(start) + pending.minutes : 0;
    const over = Math.floor(total / 1440);
    total -= over * 1440;
    const there = { day: dayAfter(link.dataset.on, pending.days + over), start: start && pending.minutes ? clockOf(total) : start || "", venue: link.dataset.venue || "" };
    ghosts(link, there);
    if (words) place(words, link.getBoundingClientRect());
    check(link, there);
    window.clearTimeout(pending.timer);
    pending.timer = window.setTimeout(() => { pending = null; hush(); show(link, there); }, PAUSE);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (drag || pending)) {
      event.preventDefault();
      event.stopPropagation();
      if (pending) { window.clearTimeout(pending.timer); pending = null; }
      stop();
      clearGhosts();
      return;
    }
    const link = event.target.closest && event.target.closest("#main [data-event]");
    if (event.ctrlKey || event.metaKey) return;
    if (!link) {
      /* from nowhere in particular, the arrows enter the list */
      if (!event.altKey && event.target === document.body && /^Arrow(Up|Down)$/.test(event.key) && dates().length) { event.preventDefault(); dates()[0].focus(); }
      return;
    }
    const quarter = { ArrowDown: QUARTER, ArrowUp: -QUARTER }[event.key];
    if (event.altKey) {
      if (quarter && link.closest(".week") && link.dataset.start) { event.preventDefault(); step(link, 0, quarter); }
      return;
    }
    if (quarter) { event.preventDefault(); next(link, Math.sign(quarter)); return; }
    const days = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (days && addressOf(link)) { event.preventDefault(); step(link, days, 0); }
  }, true);

  /* --- the mouse ---------------------------------------------------------------------------------------------------- */

  let drag = null;

  function under(x, y) {
    const cell = document.elementsFromPoint(x, y).map((element) => element.closest("#main td[data-day]")).find(Boolean);
    return cell && cell.closest("table") === drag.table ? cell : null;
  }

  function target(cell, y) {
    const link = drag.link;
    const there = { day: dayAfter(cell.dataset.day, -drag.offset), start: link.dataset.start || "", venue: link.dataset.venue || "" };
    const row = cell.closest("tr");
    if (drag.onVenue && row.dataset.venue) there.venue = row.dataset.venue;
    const column = find(".column", cell);
    if (column && drag.inHours) {
      const top = column.getBoundingClientRect().top;
      const quarters = Math.round(((y - drag.grip - top) / HOUR_SIZE) * 4);
      there.start = clockOf(Math.max(0, Math.min(Number(cell.dataset.hours) * 60 + quarters * QUARTER, 1440 - QUARTER)));
    }
    return there;
  }

  function begin(event) {
    const link = drag.link;
    const box = link.getBoundingClientRect();
    const cell = link.closest("td[data-day]");
    const apart = (new Date(cell.dataset.day) - new Date(link.dataset.on)) / 86400000;
    Object.assign(drag, { moving: true, table: link.closest("table"), onVenue: Boolean(link.closest("tr").dataset.venue), inHours: Boolean(link.closest(".week .column") && link.dataset.start), grip: drag.y - box.top, offset: Math.round(apart) });
    drag.ghost = document.createElement("span");
    drag.ghost.className = "slot ghost";
    drag.ghost.setAttribute("aria-hidden", "true");
    drag.ghost.textContent = find(".what", link).textContent;
    document.body.append(drag.ghost);
    link.classList.add("dragging");
    follow(event);
  }

  function follow(event) {
    drag.ghost.style.left = `${event.clientX + 10}px`;
    drag.ghost.style.top = `${event.clientY + 6}px`;
    if (words) place(words, { left: event.clientX + 10, bottom: event.clientY + 30 });
    const cell = under(event.clientX, event.clientY);
    all(".drop").forEach((old) => old.classList.remove("drop"));
    drag.there = cell && target(cell, event.clientY);
    if (!drag.there) { hush(); return; }
    cell.classList.add("drop");
    const start = drag.link.dataset.start;
    const title = find(".what", drag.link).textContent;
    drag.ghost.textContent = start && drag.there.start !== start ? `${title.replace(start, "").replace(/\s–.*$/, "")} ${drag.there.start}`.trim() : title;
    check(drag.link, drag.there);
  }

  function stop() {
    if (!drag) return;
    if (drag.ghost) drag.ghost.remove();
    drag.link.classList.remove("dragging");
    all(".drop").forEach((old) => old.classList.remove("drop"));
    drag = null;
    hush();
  }

  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest("#main a.slot[data-event]");
    if (!link || event.button !== 0 || event.pointerType === "touch" || !link.closest("td[data-day]")) return;
    drag = { link: link, x: event.clientX, y: event.clientY, moving: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.moving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 5) {
      if (locked(drag.link)) { drag = null; return; }
      begin(event);
    } else if (drag.moving) follow(event);
  });
  document.addEventListener("pointerup", () => {
    if (!drag || !drag.moving) { drag = null; return; }
    const { link, there } = drag;
    stop();
    document.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    window.setTimeout(() => document.body.click(), 0); /* spends the guard when the browser sends no click */
    if (there && moves(link, there)) { link.focus(); ghosts(link, there); show(link, there); }
  });
  document.addEventListener("pointercancel", stop);
  document.addEventListener("dragstart", (event) => { if (event.target.closest && event.target.closest("a.slot")) event.preventDefault(); });
})();
