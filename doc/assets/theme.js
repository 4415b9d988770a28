// Light or dark: as the system has it, unless the reader chose. Runs before the page is drawn, so that nothing flashes.
(() => {
  "use strict";
  const key = "tl-doc-theme";
  const root = document.documentElement;
  const chosen = () => {
    // Some browsers keep nothing for pages that are opened from a disk.
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  };
  apply(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme").addEventListener("click", () => {
      const isDark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      const theme = isDark ? "light" : "dark";
      apply(theme);
      try { localStorage.setItem(key, theme); } catch { /* chosen for this page alone */ }
    });
  });
})();
