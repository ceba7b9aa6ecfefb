/* What a term or a symbol means, at the mouse, the keyboard or a finger. It stays while
   the mouse is on it, and goes at Esc (WCAG 1.4.13). */
(() => {
  const WAIT = 250; // ms, in which the mouse may go from the link into the box
  const EDGE = 8;
  let link, box, timer, tapped;
  if (!HTMLElement.prototype.showPopover) return; // the links lead to the glossary

  const hide = () => {
    clearTimeout(timer);
    box?.hidePopover();
    link = box = null;
  };
  const later = (act) => {
    clearTimeout(timer);
    timer = setTimeout(act, WAIT);
  };
  const place = () => {
    const at = link.getClientRects()[0], { width, height } = box.getBoundingClientRect();
    const fits = at.bottom + height + EDGE < innerHeight;
    box.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE))}px`;
    box.style.top = `${fits ? at.bottom + 2 : at.top - height - 2}px`;
  };
  const show = (wanted) => {
    clearTimeout(timer);
    if (link === wanted) return;
    hide();
    link = wanted;
    box = document.getElementById(link.getAttribute("aria-describedby"));
    box.showPopover();
    place();
  };
  const meant = (event) => event.target.closest?.("a.meant");
  const inBox = (event) => event.target.closest?.(".meaning");
  const on = (name, act) => addEventListener(name, act);

  on("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const wanted = meant(event);
    if (wanted) later(() => show(wanted));
    else if (inBox(event)) clearTimeout(timer);
    else if (link && link !== document.activeElement) later(hide);
    else clearTimeout(timer);
  });
  on("focusin", (event) => { if (meant(event)) show(meant(event)); });
  on("focusout", (event) => { if (meant(event)) hide(); });
  on("keydown", (event) => { if (event.key === "Escape") hide(); });
  on("scroll", () => { if (link) place(); });
  on("resize", hide);

  /* The first tap shows the meaning, the second follows the link. */
  on("pointerdown", (event) => {
    tapped = event.pointerType === "touch" && meant(event) !== link && meant(event);
    if (!meant(event) && !inBox(event)) hide();
  });
  on("click", (event) => {
    if (!tapped || meant(event) !== tapped) return;
    event.preventDefault();
    show(tapped);
    tapped = null;
  });
})();
