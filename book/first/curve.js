/* The curve of the first page: the loss after each update. */
const ownCurve = (() => {
  const WIDE = 330, HIGH = 180, TOP = 24, LOW = 172, SIDE = 8;

  /* The loss so far, and what it costs to know nothing, or to remember nothing. */
  const draw = (svg, { even, floor, ids, words }, losses, n, end) => {
    const most = Math.max(even, ...losses);
    const x = (update) => SIDE + update * (WIDE - 2 * SIDE) / end;
    const y = (value) => LOW - (LOW - TOP) * value / most;
    const guess = `even guess: ${ids.length} ln ${words.length} =`;
    const line = (value, name, label) => `<path class="${name}" d="M0 ${y(value)}H${
      WIDE}"/><text x="${WIDE}" y="${y(value) - 6}">${label} ${value.toFixed(2)}</text>`;
    svg.innerHTML = `<path d="M0 ${LOW}H${WIDE}"/>${line(even, "even", guess)}${
      floor ? line(floor, "floor", "without memory, at best") : ""}<polyline points="${
      losses.map((value, update) => `${x(update)},${y(value).toFixed(1)}`).join(" ")}"/>
      <circle cx="${x(n)}" cy="${y(losses[n])}" r="5"/>`;
    svg.setAttribute("aria-label", `The loss after each update, from ${
      losses[0].toFixed(2)} to ${losses.at(-1).toFixed(2)}. An even guess costs ${
      even.toFixed(2)}${floor ? `; without memory it is ${floor.toFixed(2)} at best` : ""}.`);
  };

  return { BOX: `0 0 ${WIDE} ${HIGH}`, draw };
})();
