// Runs before the first paint: where the reader chose nothing, the page follows the system's light or dark.
(function () {
  "use strict";
  var root = document.documentElement;
  if (root.dataset.bsTheme) return;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var follow = function () { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  follow();
  dark.addEventListener("change", follow);
})();
