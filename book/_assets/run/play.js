/* Chapter 8: train the three sentences by hand. Python makes every number. */
import { button, make } from "./dom.js";
import { framed } from "./outputs.js";
import { load } from "./page.js";

const FOLLOW = '<script>addEventListener("message", ({ data }) => { const one = ' +
  'document.querySelector("rnn-explorer"); one.d = data; one.draw(); });</script>';
const EVEN = 9 * Math.log(6);
const LARGEST = 2 * EVEN; // of the losses in the picture, in nats

export async function open(box) {
  const rate = make("input", { type: "range", min: -2, max: 1, step: 0.1, value: -1 });
  const lr = () => Number((10 ** rate.value).toPrecision(2));
  const name = make("span");
  const say = make("p", { role: "status" });
  const curve = make("div", { className: "run-curve" });
  const answers = make("div");
  const buttons = [["One update", 1], ["One epoch: 9 updates", 9], ["100 epochs", 900]].map(
    ([text, times]) => button(text, () => train(times)));
  buttons.push(button("Begin again", begin));
  const shown = make("div");
  let losses;

  async function ask(source) {
    for (const one of buttons) one.disabled = true;
    say.textContent = "Python works…";
    let printed = "";
    const show = (kind, text) => { printed += kind === "html" ? text : ""; };
    try {
      const page = await load();
      await page.alone(async () => {
        await page.python.start((text) => { say.textContent = text; });
        await page.python.ask({ type: "play", source }, { show });
      });
      return JSON.parse(printed);
    } catch (error) {
      say.textContent = error.message;
    } finally {
      for (const one of buttons) one.disabled = false;
    }
  }

  function draw(found) {
    if (!found) return;
    losses.push(...found.losses);
    const points = [EVEN, ...losses].map((loss, place, all) =>
      `${300 * place / Math.max(27, all.length - 1)},${100 - 100 * Math.min(1, loss / LARGEST)}`);
    const right = found.answers.filter(([, target, guess]) => target === guess).length;
    say.textContent = `After ${found.updates} updates: a loss of ` +
      `${found.loss.toFixed(2)} nats, ${right} of 9 right.`;
    curve.innerHTML = `<svg viewBox="-2 -2 304 104" role="img" aria-label="The loss after each
      update; the dashed line is the even guess."><path d="M0 50H300" stroke-dasharray="4"
      /><polyline points="${points.join(" ")}" /></svg>`;
    answers.replaceChildren(make("table", { className: "table" }, make("tbody", {},
      ...[["word", "next", "guess", "share of the right word"], ...found.answers].map((row, i) =>
        make("tr", {}, ...row.map((entry) => make(i ? "td" : "th", {},
          Number.isFinite(entry) ? entry.toFixed(3) : entry)))))));
    if (found.html) shown.replaceChildren(framed(found.html + FOLLOW, "The explorer"));
    else shown.firstChild.contentWindow.postMessage(found.explorer, "*");
  }

  const train = async (times) => draw(await ask(`play.update(${lr()}, ${times})`));

  async function begin() {
    losses = [];
    draw(await ask("from rnn_page.play import Play\nplay = Play()\nplay.start()"));
  }

  rate.addEventListener("input", () => { name.textContent = `Learning rate ${lr()}`; });
  rate.dispatchEvent(new Event("input"));
  box.append(make("p", {}, make("label", {}, name, " ", rate)),
    make("p", { className: "run-bar" }, ...buttons), say, curve, answers, shown);
  await begin();
}
