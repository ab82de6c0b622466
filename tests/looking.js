/* What `tests/looking.py` asks of a page; each function returns lines that say what is wrong. */
window.looking = (() => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const short = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const seen = (e) => e.checkVisibility({ visibilityProperty: true });
  const unseen = (e) => e.closest(".unseen, .skip, [hidden], thead") !== null;
  const controls = () => {
    const radios = new Set();
    return [...document.querySelectorAll(CONTROLS)].filter((e) => {
      if (e.disabled || !seen(e)) return false;
      if (e.type !== "radio") return true;
      const group = `${e.form ? [...document.forms].indexOf(e.form) : ""}/${e.name}`;
      return !radios.has(group) && radios.add(group);
    });
  };
  const same = (a, b) => a === b || (a.type === "radio" && b.type === "radio" && a.name === b.name && a.form === b.form);
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !seen(parent) || unseen(parent) || parent.closest("svg, script, style, option, textarea, .next-step")) continue;
      found.push({ node, parent });
    }
    return found;
  };
  let reached = [], wanted = [], remembered = [];

  return {
    /** What is touched is 44 px high, text on a phone at least 16 px. */
    targets: () => {
      const small = [...document.querySelectorAll("button, .button, summary, .control, .tabs a, .pager a")]
        .filter((e) => seen(e) && !unseen(e) && e.getBoundingClientRect().height < 43.5);
      const tiny = texts().filter(({ parent }) => parseFloat(getComputedStyle(parent).fontSize) < 15.9).map((t) => t.parent);
      return [...small.slice(0, 2).map((e) => `less than 44 px: ${short(e)}`), ...tiny.slice(0, 2).map((e) => `text under 16 px: ${short(e)}`)];
    },

    /** Listen where the focus goes, and tell how many controls there are. */
    listen: () => {
      document.activeElement.blur?.();
      scrollTo(0, 0);
      getSelection().removeAllRanges();
      reached = [];
      wanted = controls();
      document.addEventListener("focusin", (event) => {
        const e = event.target, style = getComputedStyle(e), box = e.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 30), box.y + Math.min(box.height / 2, 12));
        reached.push({ e, outlined: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
          covered: top && !e.contains(top) && !top.contains(e) && top.closest(".next-step, .bar, .demo") !== null });
      });
      return wanted.length + 3 * document.querySelectorAll('input[type=date]').length; // a day has four stops
    },

    /** What the keyboard missed, where the focus was not to be seen, whether it could leave. */
    heard: () => {
      const missed = wanted.filter((e) => !reached.some((r) => same(r.e, e)));
      const dark = reached.filter((r) => !r.outlined), covered = reached.filter((r) => r.covered);
      const faults = [...missed.slice(0, 3).map((e) => `not reached by keyboard: ${short(e)}`),
        ...dark.slice(0, 2).map((r) => `focus not to be seen: ${short(r.e)}`),
        ...covered.slice(0, 2).map((r) => `focus covered: ${short(r.e)}`)];
      if (wanted.length && reached[0] && !reached[0].e.matches(".skip")) faults.push(`the first stop is no skip link: ${short(reached[0].e)}`);
      return faults;
    },

    /** Remember what the screen shows of the content. */
    remember: () => {
      remembered = texts().filter(({ parent }) => parent.closest("main") && !parent.closest("form, .buttons, .button, .tabs, .pager, [data-print], summary, .answers__row--act, nav"));
    },

    /** On paper there is no menu, the content is whole and no wider than the sheet. */
    paper: () => {
      const faults = [...document.querySelectorAll(".bar, .side, .display, .skip, .crumbs, .tabs, .pager a, .foot__links, .next-step, main .button, .form--filter")].filter(seen).slice(0, 2).map((e) => `on paper: ${short(e)}`);
      const lost = remembered.filter(({ parent }) => !seen(parent)).slice(0, 2).map(({ parent }) => `not on paper: ${short(parent)}`);
      const folded = [...document.querySelectorAll("main details:not([open]) > .details__body")].filter((e) => !seen(e) && !e.querySelector('form')).slice(0, 1).map((e) => `folded on paper: ${short(e)}`);
      const wide = document.documentElement.scrollWidth > innerWidth + 1 ? [`wider than the sheet: ${document.documentElement.scrollWidth}`] : [];
      return [...faults, ...lost, ...folded, ...wide];
    },

    /** With text twice as large nothing is cut, nothing lies on something else, and nobody scrolls sideways. */
    enlarged: () => {
      document.documentElement.style.setProperty("font-size", "225%", "important");
      const faults = [];
      const { scrollWidth } = document.documentElement;
      if (scrollWidth > innerWidth) faults.push(`at 200 % the page is ${scrollWidth} px wide`);
      for (const e of document.querySelectorAll("body *")) {
        if (!seen(e) || unseen(e) || e.closest("svg, select, input, textarea")) continue;
        const style = getComputedStyle(e);
        const cuts = /hidden|clip/.test(style.overflowX + style.overflowY) && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
        if (cuts && e.textContent.trim()) faults.push(`cut at 200 %: ${short(e)}`);
      }
      const boxes = texts().flatMap(({ node, parent }) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].map((r) => ({ r, parent, node }));
      }).filter(({ r }) => r.width > 2).sort((a, b) => a.r.top - b.r.top);
      for (let i = 0; i < boxes.length; i += 1)
        for (let j = i + 1; j < boxes.length && boxes[j].r.top < boxes[i].r.bottom - 8; j += 1) {
          const [a, b] = [boxes[i], boxes[j]];
          const across = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
          const down = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
          if (a.node !== b.node && across > 4 && down > 12) faults.push(`one upon another at 200 %: ${short(a.parent)} and ${short(b.parent)}`);
        }
      document.documentElement.style.removeProperty("font-size");
      return faults.slice(0, 4);
    },
  };
})();
