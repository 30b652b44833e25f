// Comforts only: every page works without this file.
(() => {
  "use strict";

  // A form is sent once; going back to the page frees it again.
  const sent = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    (event.submitter || form).setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    sent.clear();
    document.querySelectorAll("[aria-busy]").forEach((busy) => busy.removeAttribute("aria-busy"));
  });

  // After a refused form the summary of what to mend is read first.
  document.getElementById("errors")?.focus();

  // A menu closes with Escape and when the reader turns elsewhere.
  const closeMenus = (except) =>
    document.querySelectorAll("details.desk-menu[open], details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(except)) menu.open = false;
    });
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(null));

  // The reader's own hour, only where it differs from the conference's: <time datetime="…" data-own-time="Your time: {}">.
  const own = new Intl.DateTimeFormat(document.documentElement.lang + "-u-nu-latn", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
  document.querySelectorAll("[data-own-time]").forEach((place) => {
    const instant = new Date(place.dateTime);
    const there = /([+-])(\d\d):?(\d\d)$/.exec(place.dateTime);
    if (isNaN(instant) || !there) return;
    const offset = (there[1] === "-" ? -1 : 1) * (there[2] * 60 + +there[3]);
    if (-instant.getTimezoneOffset() === offset) return;
    const words = document.createElement("span");
    words.className = "own-time soft";
    words.textContent = " " + place.dataset.ownTime.replace("{}", own.format(instant).replace(/(\d\d)\.(\d\d)/, "$1:$2"));
    place.after(words);
  });
})();
