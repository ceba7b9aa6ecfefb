/* A reader whose answers are in this browser goes on with them. */
(() => {
  const answered = () => Object.keys(localStorage)
    .some((key) => key.startsWith("rnn-by-hand:answer:"));
  try {
    if (!answered()) return;
  } catch {
    return; // this browser keeps nothing
  }
  Object.assign(document.querySelector(".first-buttons a:last-child"),
    { href: "exercises.html#run-progress", textContent: "Go on where you were" });
})();
