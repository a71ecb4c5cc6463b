// Renews the progress of an import in place while files wait. Without this, the page reloads itself.
"use strict";
(function () {
  async function renew() {
    const now = document.getElementById("import-progress");
    if (!now || !("waits" in now.dataset)) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("import-progress");
      if (answer.redirected || !next) return location.reload();
      const title = page.querySelector("#content h1");
      if (!("waits" in next.dataset) && title) document.querySelector("#content h1").textContent = title.textContent;
      if (now.innerHTML !== next.innerHTML) now.innerHTML = next.innerHTML;
      if (!("waits" in next.dataset)) delete now.dataset.waits;
    } catch (error) {
      // The server was not reached; the next try may.
    }
    setTimeout(renew, 2000);
  }
  setTimeout(renew, 2000);
})();
