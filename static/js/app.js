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

  // Questions are shown while their condition holds: the same rules as in rules/conditions.py, and the same cases.
  // What is hidden counts as empty; the server decides again.
  const several = (value) => [].concat(value);
  const days = /^\d{4}-\d\d-\d\d$/, numbers = /^-?\d+(\.\d+)?$/;
  const order = (a, b, onlyDays) =>
    Array.isArray(a) ? NaN : days.test(a) && days.test(b) ? (a > b) - (a < b)
      : !onlyDays && numbers.test(a) && numbers.test(b) ? a - b : NaN;
  const same = (a, b) => a === b || order(a, b) === 0;
  const operators = {
    equals: (a, b) => several(a).length === 1 && same(several(a)[0], b),
    one_of: (a, b) => several(a).some((one) => b.some((other) => same(one, other))),
    contains: (a, b) => Array.isArray(a) ? a.includes(b) : a.toLowerCase().includes(b.toLowerCase()),
    filled: (a) => a.length > 0,
    empty: (a) => !a.length,
    less: (a, b) => order(a, b) < 0,
    greater: (a, b) => order(a, b) > 0,
    at_least: (a, b) => order(a, b) >= 0,
    at_most: (a, b) => order(a, b) <= 0,
    before: (a, b) => order(a, b, true) < 0,
    after: (a, b) => order(a, b, true) > 0,
  };
  const holds = (rule, value) =>
    rule.all?.length ? rule.all.every((one) => holds(one, value))
      : rule.any?.length ? rule.any.some((one) => holds(one, value))
        : !rule.field || operators[rule.operator](value(rule.field), rule.value);
  const read = (inputs) => {
    const first = inputs[0];
    if (!first) return "";
    if (first.type !== "radio" && first.type !== "checkbox") return first.type === "datetime-local" ? first.value.slice(0, 10) : first.value.trim();
    const ticked = inputs.filter((one) => one.checked).map((one) => one.value);
    return first.type === "radio" ? ticked[0] || "" : ticked;
  };
  const decide = (form) => {
    const known = JSON.parse(form.querySelector("[data-known]").dataset.known), decided = new Map();
    const shown = (place) => {
      if (!place) return true;
      if (!decided.has(place)) {
        decided.set(place, false);
        decided.set(place, shown(place.parentElement.closest("[data-if]")) && holds(JSON.parse(place.dataset.if), value));
      }
      return decided.get(place);
    };
    const value = (field) => {
      const places = [...form.querySelectorAll(`[data-question="${field}"]`)];
      const typed = [...form.querySelectorAll(`[name="${field}"]`)];
      if (!places.length) return typed.length ? read(typed) : known[field] || "";
      const place = places.find(shown);
      return !place ? "" : place.dataset.kept || read([...place.querySelectorAll("input, select, textarea")]);
    };
    form.querySelectorAll("[data-if]").forEach((place) => { place.hidden = !shown(place); });
  };
  document.querySelectorAll("[data-known]").forEach((part) => {
    part.form.addEventListener("input", () => decide(part.form));
    decide(part.form);
  });
})();
