// Small helps for pages that work without them: focus on the list of problems, double submits, closing the menu.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const problems = document.querySelector("[data-focus]");
  if (problems) problems.focus();
  for (const form of document.querySelectorAll("form[method='post']:not(.display)")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, 5000);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.bar__narrow[open], details.side__narrow[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
});
