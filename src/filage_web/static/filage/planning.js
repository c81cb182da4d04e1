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

  document.addEventListener("focusin", (event) => {
    const link = event.target.closest("#main [data-event]");
    if (link) select(link);
  });

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
      const back = window.location.pathname + window.location.search;
      window.htmx.ajax("POST", link.dataset.move, { source: link, target: "#panel", swap: "innerHTML", values: { days: days, retour: back } });
    }
  });
})();
