// Small comforts. Every page works without them; the server is the truth.
(() => {
  const narrow = window.matchMedia("(max-width: 61.99rem)");

  // The step rail and the filter panel are folded on narrow screens and always open on wide ones.
  const fold = () => {
    for (const part of document.querySelectorAll("[data-narrow-closes]")) part.open = !narrow.matches;
    document.documentElement.dataset.folded = "";
  };
  fold();
  narrow.addEventListener("change", fold);

  // The main menu has a button on narrow screens.
  const toggle = document.querySelector(".nav-toggle");
  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      const open = toggle.getAttribute("aria-expanded") === "true";
      toggle.setAttribute("aria-expanded", String(!open));
    });
  }

  // A menu closes on Escape and on a click beside it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("[data-closes][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("[data-closes][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // A second click while the first is on its way is not sent. A button that downloads comes back.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    const buttons = form.querySelectorAll("button[type=submit], input[type=submit]");
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), 8000);
  });
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled=true][type=submit]")) {
      button.removeAttribute("aria-disabled");
    }
  };
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) release(form);
  });
})();
