// Closes the account menu on Escape and on a click elsewhere; opening and closing itself is plain HTML.
"use strict";

(() => {
  const open = () => document.querySelectorAll("details.account-menu[open]");

  document.addEventListener("click", (event) => {
    open().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });
})();
