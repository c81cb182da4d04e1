/* A private page kept for reading without connection: registers its worker and says when the page is kept.
   Without script, the page reads all the same. */
(function () {
  "use strict";
  const main = document.querySelector("[data-worker]");
  if (!main || !("serviceWorker" in navigator)) return;
  const told = document.querySelector("[data-ready]");

  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data && event.data.kept === location.pathname && told) told.hidden = false;
  });
  navigator.serviceWorker.register(main.dataset.worker, { scope: main.dataset.scope, updateViaCache: "none" })
    .then(() => navigator.serviceWorker.ready)
    .then((registration) => {
      const ask = (path, fresh) => registration.active.postMessage({ keep: path, fresh: fresh });
      ask(location.pathname, !navigator.serviceWorker.controller);
      if (location.pathname !== main.dataset.scope) ask(main.dataset.scope, false);
    })
    .catch(() => {});
})();
