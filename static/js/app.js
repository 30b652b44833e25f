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

  // The reader's own hour where it differs, and day: <time datetime="…" data-own-time="Your time: {}">, <time> below data-own-times="{}".
  const own = (day) => new Intl.DateTimeFormat(document.documentElement.lang + "-u-nu-latn", { day, month: day && "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
  document.querySelectorAll("[data-own-time], [data-own-times] time").forEach((place) => {
    const there = place.dateTime, time = new Date(there);
    if (!/[+-]\d\d:?\d\d$/.test(there)) return;
    const here = new Date(time - time.getTimezoneOffset() * 60000).toISOString();
    if (here.slice(0, 16) === there.slice(0, 16)) return;
    const words = document.createElement("span");
    words.className = "own-time soft";
    const day = here.slice(0, 10) === there.slice(0, 10) ? undefined : "numeric";
    words.textContent = " " + (place.dataset.ownTime || place.closest("[data-own-times]").dataset.ownTimes).replace("{}", own(day).format(time).replace(".", ":"));
    place.after(words);
  });

  // Questions are shown while their condition holds, by the rules and cases of rules/conditions.py; the server decides again.
  const list = (value) => [].concat(value);
  const day = /^\d{4}-\d\d-\d\d$/, number = /^-?\d+(\.\d+)?$/;
  const order = (a, b, days) =>
    Array.isArray(a) ? NaN : day.test(a) && day.test(b) ? (a > b) - (a < b)
      : !days && number.test(a) && number.test(b) ? a - b : NaN;
  const same = (a, b) => a === b || order(a, b) === 0;
  const operators = {
    equals: (a, b) => list(a).length === 1 && same(list(a)[0], b),
    one_of: (a, b) => list(a).some((one) => b.some((other) => same(one, other))),
    contains: (a, b) => Array.isArray(a) ? a.includes(b) : a.toLowerCase().includes(b.toLowerCase()),
    filled: (a) => !!a.length,
    empty: (a) => !a.length,
    less: (a, b) => order(a, b) < 0,
    greater: (a, b) => order(a, b) > 0,
    at_least: (a, b) => order(a, b) >= 0,
    at_most: (a, b) => order(a, b) <= 0,
    before: (a, b) => order(a, b, 1) < 0,
    after: (a, b) => order(a, b, 1) > 0,
  };
  const holds = (rule, value) =>
    rule.all?.length ? rule.all.every((one) => holds(one, value))
      : rule.any?.length ? rule.any.some((one) => holds(one, value))
        : !rule.field || operators[rule.operator](value(rule.field), rule.value);
  const read = ([...inputs]) => {
    const { type, value } = inputs[0] || { value: "" };
    const ticked = inputs.filter((one) => one.checked).map((one) => one.value);
    return type === "radio" ? ticked[0] || "" : type === "checkbox" ? ticked
      : type === "datetime-local" ? value.slice(0, 10) : value.trim();
  };
  const decide = (form) => {
    const find = (selector) => [...form.querySelectorAll(selector)];
    const known = JSON.parse(find("[data-known]")[0].dataset.known), decided = new Map();
    const shown = (place) => {
      if (!place) return true;
      if (!decided.has(place)) {
        decided.set(place, false);
        decided.set(place, shown(place.parentElement.closest("[data-if]")) && holds(JSON.parse(place.dataset.if), value));
      }
      return decided.get(place);
    };
    const value = (field) => {
      const places = find(`[data-question="${field}"]`), typed = find(`[name="${field}"]`);
      if (!places.length) return typed.length ? read(typed) : known[field] || "";
      const place = places.find(shown);
      return place ? place.dataset.kept || read(place.querySelectorAll("input, select, textarea")) : "";
    };
    find("[data-if]").forEach((place) => (place.hidden = !shown(place)));
    find(".only-if").forEach((words) => (words.hidden = true));
  };
  document.querySelectorAll("[data-known]").forEach((part) => {
    part.form.addEventListener("input", () => decide(part.form));
    decide(part.form);
  });
})();
