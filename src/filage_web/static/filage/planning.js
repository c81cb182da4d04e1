/* Calendar: arrows choose a date and move it by a day; the effect is shown first, nothing is written here. */
(function () {
  "use strict";

  const dates = () => Array.from(document.querySelectorAll("#main [data-event]")).filter((link) => link.getClientRects().length > 0);

  function select(link) {
    document.querySelectorAll("#main .selected").forEach((row) => row.classList.remove("selected"));
    const row = link.closest("[data-row]");
    if (row) row.classList.add("selected");
  }

  function next(link, step) {
    const all = dates();
    const found = all[all.indexOf(link) + step];
    if (found) { found.focus(); found.scrollIntoView({ block: "nearest" }); }
  }

  /* While the effect is shown, the old place is dashed and the new one outlined. */
  function clearGhosts() {
    document.querySelectorAll("#main span.slot.new").forEach((slot) => slot.remove());
    document.querySelectorAll("#main a.slot.old").forEach((slot) => slot.classList.remove("old"));
  }

  function ghosts(link, days) {
    clearGhosts();
    document.querySelectorAll(`#main .slot[data-date="${CSS.escape(link.dataset.date)}"]`).forEach((slot) => {
      const cell = slot.closest("[data-day]");
      if (!cell) return;
      const day = new Date(`${cell.dataset.day}T12:00:00Z`);
      day.setUTCDate(day.getUTCDate() + days);
      const wanted = `[data-day="${day.toISOString().slice(0, 10)}"]`;
      const place = (cell.closest("tr").querySelector(wanted)) || cell.closest(".month")?.querySelector(wanted);
      slot.classList.add("old");
      if (!place) return;
      const copy = document.createElement("span");
      copy.className = "slot new";
      copy.setAttribute("aria-hidden", "true");
      copy.append(...Array.from(slot.childNodes, (node) => node.cloneNode(true)));
      place.append(copy);
    });
  }
  document.addEventListener("filage:panel-closed", clearGhosts);

  document.addEventListener("focusin", (event) => {
    const link = event.target.closest("#main [data-event]");
    if (link) select(link);
  });

  /* An address that names a date comes to it, even when it is past and the list begins today. */
  const named = window.location.hash.startsWith("#event-") && window.location.hash.slice(1);
  if (named && !document.getElementById(named) && !/passees|vue=(mois|ressources)/.test(window.location.search)) {
    const query = new URLSearchParams(window.location.search);
    query.set("passees", "1");
    window.location.replace(`${window.location.pathname}?${query}#${named}`);
  } else if (named) {
    const row = document.getElementById(named);
    const link = row && (row.matches("[data-event]") ? row : row.querySelector("[data-event]"));
    if (link) link.focus();
  }

  document.addEventListener("keydown", (event) => {
    const link = event.target.closest && event.target.closest("#main [data-event]");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!link) {
      /* from nowhere in particular, the arrows enter the list */
      if (event.target === document.body && /^Arrow(Up|Down)$/.test(event.key) && dates().length) { event.preventDefault(); dates()[0].focus(); }
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); next(link, step); return; }
    const days = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (days && link.dataset.move) {
      event.preventDefault();
      ghosts(link, days);
      const back = window.location.pathname + window.location.search;
      window.htmx.ajax("POST", link.dataset.move, { source: link, target: "#panel", swap: "innerHTML", values: { days: days, retour: back } });
    }
  });
})();
