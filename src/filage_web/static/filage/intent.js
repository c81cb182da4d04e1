/* Words selected in a writing fill the form that marks them: [data-writing] is the text, [data-marking] the form. */
(function () {
  "use strict";
  const text = document.querySelector("[data-writing]");
  const form = document.querySelector("[data-marking]");
  if (!text || !form) return;
  const passage = form.querySelector("[name=passage]");
  const start = form.querySelector("[name=start]");
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    // signs as the server counts them: one for each character, whatever it takes in UTF-16
    const words = range.toString();
    const blank = words.length - words.trimStart().length;
    start.value = Array.from(before.toString()).length + blank;
    passage.value = words.trim();
  });
})();
