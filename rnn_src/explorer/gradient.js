/* A gradient when the backward pass has reached a step: rows, each entry a sum
   over the steps that are done. */
const gradientRows = ({ t, T, v }, name) => {
  const steps = range(T).map((s) => T - s).filter((s) => s > t);
  const left = name.endsWith("y") ? v.dz : v.da;
  const right = name[0] === "W" && { x: v.x, h: (s) => v.h(s - 1), y: v.h }[name[1]];
  const heads = right ? right(1).heads : [""];
  return left(1).heads.map((head, i) => {
    const share = (s, j) => left(s).values[i] * (right ? right(s).values[j] : 1);
    const values = heads.map((_, j) => steps.reduce((all, s) => all + share(s, j), 0));
    const here = row(`${name}${i}`, `dL/d${parameter(name)}[${head}]`, values, heads, "", (j) =>
      sumOverSteps(here, j, steps, (s) => [[left(s), [i]], ...right ? [[right(s), [j]]] : []]));
    return here;
  });
};

/* Each factor gets a row of its own, with a column for each step. */
const sumOverSteps = (here, j, steps, factors) => {
  const of = steps.map(factors), values = of.map((step) =>
    step.map(([one, [i]]) => one.values[i]));
  const names = of.map((step) => step.map(([one, [i]]) => at(one, i)).join(DOT));
  return {
    text: equal(`${at(here, j)} so far`, names.join(" + "), values[0][1] === undefined
      ? sum(values.flat()) : products(column(values, 0), column(values, 1)),
      show(here.values[j])),
    of: of.flat(),
    more: of[0].map(([one, [i]], number) => {
      const name = at(one, i).replace(/<sub>(\d+)<\/sub>/, (_, s) =>
        sub("", Number(s) === steps[0] ? "t" : `t${MINUS}1`));
      return row(name, name, column(values, number), steps.map((s) => `t = ${s}`));
    }),
  };
};
