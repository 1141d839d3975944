// Light or dark, before the page is drawn. Loaded without `defer`, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      return localStorage.getItem("utseende") || "auto";
    } catch {
      return "auto"; // storage can be shut off; the page must not care
    }
  };
  const remember = (choice) => {
    try {
      localStorage.setItem("utseende", choice);
    } catch {
      // then it lasts for this page only
    }
  };
  const show = (choice) => {
    const dark = choice === "dark" || (choice === "auto" && system.matches);
    root.dataset.bsTheme = dark ? "dark" : "light";
    for (const button of document.querySelectorAll("[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === choice));
    }
  };

  root.dataset.script = "";
  show(remembered());
  system.addEventListener("change", () => show(remembered()));
  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll(".theme-choice")) group.hidden = false;
    show(remembered());
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme]");
    if (!button) return;
    remember(button.dataset.theme);
    show(button.dataset.theme);
  });
})();
