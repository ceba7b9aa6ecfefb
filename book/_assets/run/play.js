/* Chapter 8: train the three sentences by hand. Python makes every number. */
import { button, make } from "./dom.js";
import { clean, framed } from "./outputs.js";
import { load } from "./page.js";

const FOLLOW = '<script>addEventListener("message", ({ data }) => ' +
  'document.querySelector("rnn-explorer").show(data));</script>';

export async function open(box) {
  const rate = make("input", { type: "range", min: -2, max: 1, step: 0.1, value: -1 });
  const lr = () => Number((10 ** rate.value).toPrecision(2));
  const name = make("span"), say = make("p", { role: "status" });
  const numbers = make("div", { className: "run-curve" }), shown = make("div");
  const train = (times) => async () => draw(await ask(`play.update(${lr()}, ${times})`));
  const begin = async () =>
    draw(await ask("from rnn_page.play import Play\nplay = Play()\nplay.start()"));
  const buttons = [button("One update", train(1)), button("One epoch: 9 updates", train(9)),
    button("100 epochs", train(900)), button("Begin again", begin)];
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
    say.textContent = found.said;
    numbers.innerHTML = clean(found.html);
    if (found.frame) shown.replaceChildren(framed(found.frame + FOLLOW, "The explorer"));
    else shown.firstChild.contentWindow.postMessage(found.explorer, "*");
  }

  rate.oninput = () => { name.textContent = `Learning rate ${lr()}`; };
  rate.oninput();
  box.append(make("p", {}, make("label", {}, name, " ", rate)),
    make("p", { className: "run-bar" }, ...buttons), say, numbers, shown);
  await begin();
}
