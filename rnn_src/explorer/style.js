/* The look of <rnn-explorer>. The colours are those of the page; where there is none,
   as in JupyterLab, those of plus and minus, and the page's ink and ground. */
const STYLE = `
  :host { display: block; font-size: 0.9rem; line-height: 1.4;
          --page: var(--book-ground, var(--jp-layout-color0, Canvas));
          --quiet: var(--book-quiet, inherit);
          --edge: var(--book-edge, rgb(128, 128, 128));
          --marked: var(--book-marked, rgba(var(--lit), 0.28)); }
  fieldset { border: 1px solid var(--edge); border-radius: 0.4rem;
             padding: 0.6rem 0.8rem; margin: 0; min-width: 0; }
  legend { font-weight: bold; padding: 0 0.3rem; }
  [hidden] { display: none !important; }
  button, select { font: inherit; color: inherit; background: transparent;
                   border: 1px solid var(--edge); border-radius: 0.3rem;
                   min-height: 2rem; padding: 0 0.6rem; cursor: pointer; }
  option { color: CanvasText; background: Canvas; }
  button:disabled { opacity: 0.45; cursor: default; }
  button[aria-pressed=true] { font-weight: bold; border-width: 3px; }
  :focus-visible { outline: 3px solid rgb(var(--minus)); outline-offset: 1px; }

  /* The slider lies between its buttons, the names of its halves below it. */
  .bar { display: grid; grid-template-columns: auto 1fr auto; gap: 0 0.7rem;
         align-items: center; }
  input[type=range] { width: 100%; min-width: 0; height: 2rem; margin: 0;
                      accent-color: var(--book-link, auto); }
  .ways { grid-column: 2; display: flex; justify-content: space-around;
          font-size: 0.85em; color: var(--quiet); }
  .ways .now { font-weight: bold; color: inherit; text-decoration: underline;
               text-underline-offset: 0.25em; }
  .pieces { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center;
            margin-top: 0.4rem; }

  /* What is wider than its place scrolls, and fades where it goes on. */
  .wide { overflow-x: auto; scroll-padding-left: 6rem; --from: black; --to: black;
          mask-image: linear-gradient(to right, var(--from), black 1.5rem,
                                      black calc(100% - 1.5rem), var(--to)); }
  .wide.on { --to: transparent; }
  #picture.gone { --from: transparent; }

  svg { display: block; width: 100%; margin: 0.7rem auto 0; }
  svg .now { stroke-width: 3; }
  svg .faint { opacity: 0.35; }
  svg .lit { opacity: 1; }
  svg rect.lit { stroke-width: 3; stroke-dasharray: 5 3; fill: var(--marked) !important; }
  svg text.lit { font-weight: bold; text-decoration: underline; }
  svg g.lit { color: var(--book-plus, rgb(var(--plus))); stroke: currentColor;
              stroke-dasharray: 5 3; }
  p { margin: 0.4rem 0; }

  table { border-collapse: separate; border-spacing: 2px; }
  th { text-align: left; font-weight: normal; padding: 0 0.4rem; }
  th[scope=row], td.head { position: sticky; left: 0; background: var(--page);
                           box-shadow: 0 0 0 2px var(--page); z-index: 1; }
  td { min-width: 3.1rem; height: 1.8rem; padding: 0 0.2rem; text-align: right;
       font-variant-numeric: tabular-nums; border: 1px solid rgba(128, 128, 128, 0.5);
       background: var(--tint); }
  td[data-row] { cursor: pointer; }
  .head { border: 0; text-align: center; font-size: 0.9em; color: var(--quiet); }
  td.lit, b.lit { background: var(--marked); font-weight: bold;
                  border-bottom: 3px solid; }
  td.chosen { outline: 3px solid; outline-offset: -2px; font-weight: bold; }
  sub { font-size: 0.72em; line-height: 0; }

  .answer { border-left: 3px solid; margin: 0.8rem 0; padding: 0.2rem 0 0.2rem 0.6rem; }
  output { display: block; min-height: 1.4em; }
  output span { display: inline-block; }
  #more { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: center;
          margin-top: 0.3rem; }
  #more:empty { display: none; }
  b.lit { padding: 0 0.3rem; font-variant-numeric: tabular-nums; }
  #lengths td { border: 0; }
  #lengths td:not(.head) { padding-right: 0.6rem; }
  #lengths th[scope=col] { padding: 0; }
  #lengths button { width: 100%; }
  #legend { color: var(--quiet); font-size: 0.85em; }
  @media (max-width: 600px) {
    td { min-width: 2.7rem; padding: 0 0.1rem; font-size: 0.75rem; }
    th { padding: 0 0.2rem; font-size: 0.75rem; max-width: 5rem; }
    #lengths th, #lengths button { padding: 0 0.1rem; max-width: 4rem; }
    #lengths td:not(.head) { min-width: 0; padding-right: 0.2rem; }
  }
`;
