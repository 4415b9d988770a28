// The search: names first, then words of descriptions. The list of names is in names.js.
(() => {
  "use strict";
  const LISTED = 30;
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const root = document.body.dataset.root;
  const entries = (window.tlNames || []).map(([kind, name, path, text]) => {
    const lower = name.toLowerCase();
    return { kind, name, path, text, lower, last: lower.slice(lower.lastIndexOf(".") + 1), words: text.toLowerCase() };
  });

  // How well an entry fits, 0 for best; nothing if it does not.
  const rank = (entry, query, words) => {
    if (entry.lower === query) return 0;
    if (entry.last === query) return 1;
    if (entry.last.startsWith(query)) return 2;
    if (entry.lower.startsWith(query)) return 3;
    if (entry.lower.includes(query)) return 4;
    if (words.every((word) => entry.lower.includes(word))) return 5;
    if (words.every((word) => entry.lower.includes(word) || entry.words.includes(word))) return 6;
    return null;
  };

  const find = (text) => {
    const query = text.trim().toLowerCase();
    if (query === "") return [];
    const words = query.split(/\s+/);
    const found = [];
    for (const entry of entries) {
      const fit = rank(entry, query, words);
      if (fit !== null) found.push({ fit, entry });
    }
    found.sort((a, b) => a.fit - b.fit || a.entry.name.length - b.entry.name.length || (a.entry.name < b.entry.name ? -1 : 1));
    return found.map((it) => it.entry);
  };

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const item = (entry, position) => {
    const link = element("a", "", "");
    link.href = `${root}${entry.path}.html`;
    link.tabIndex = -1;
    link.append(element("span", "name", entry.name), element("span", "what", entry.kind));
    if (entry.text) link.append(element("span", "text", entry.text));
    const result = element("li", "", "");
    result.id = `result-${position}`;
    result.setAttribute("role", "option");
    result.append(link);
    return result;
  };

  let selected = -1;

  const select = (position) => {
    const results = list.querySelectorAll("[role=option]");
    results[selected]?.removeAttribute("aria-selected");
    selected = results.length === 0 ? -1 : (position + results.length) % results.length;
    const now = results[selected];
    now?.setAttribute("aria-selected", "true");
    now?.scrollIntoView({ block: "nearest" });
    if (now) input.setAttribute("aria-activedescendant", now.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const show = (isShown) => {
    list.hidden = !isShown;
    input.setAttribute("aria-expanded", String(isShown));
  };

  const update = () => {
    const found = find(input.value);
    list.replaceChildren(...found.slice(0, LISTED).map(item));
    if (found.length > LISTED) list.append(element("li", "rest", `and ${found.length - LISTED} more`));
    if (found.length === 0) list.append(element("li", "rest", "Nothing found."));
    selected = -1;
    show(input.value.trim() !== "");
    if (found.length > 0) select(0);
  };

  input.addEventListener("input", update);
  input.addEventListener("focus", () => { if (input.value.trim() !== "") update(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") select(selected + 1);
    else if (event.key === "ArrowUp") select(selected - 1);
    else if (event.key === "Enter") list.querySelector("[aria-selected] a")?.click();
    else if (event.key === "Escape") { show(false); input.blur(); }
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) show(false);
  });
})();
