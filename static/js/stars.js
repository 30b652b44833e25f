// Stars on this device: the browser keeps them and sends them nowhere, until the reader puts them into an agenda.
(() => {
  "use strict";
  const place = document.querySelector("[data-stars]");
  if (!place) return;
  const key = "confapp.stars." + place.dataset.stars, all = (selector) => document.querySelectorAll(selector);
  let stars = new Set();
  const read = () => {
    const found = JSON.parse(localStorage.getItem(key) || "[]");
    stars = new Set(Array.isArray(found) ? found.filter((ref) => /^[\w-]{1,32}$/.test(ref)) : []);
  };
  try { read(); } catch { return; } // no storage, no stars: the page works without

  const buttons = [];
  const show = () => {
    const refs = [...stars].join(".");
    buttons.forEach(([ref, button]) => button.setAttribute("aria-pressed", stars.has(ref)));
    place.hidden = !stars.size && !place.dataset.ref;
    place.querySelectorAll("a").forEach((link) => {
      link.hidden = !stars.size;
      link.href = place.dataset.programme + "?stars=" + refs;
      link.querySelector(".count").textContent = stars.size;
    });
    all("[data-move]").forEach((form) => { // an agenda: what it does not have yet
      const there = form.dataset.move.split("."), added = [...stars].filter((ref) => !there.includes(ref));
      form.elements.refs.value = added.join(".");
      form.hidden = !added.length && !("always" in form.dataset);
      const words = form.querySelector("[data-words]");
      words.textContent = words.dataset.words.replace("{}", added.length);
      words.hidden = !added.length;
    });
  };
  const change = (ref) => {
    read(); // another window may have starred something since
    if (!stars.delete(ref)) stars.add(ref);
    localStorage.setItem(key, JSON.stringify([...stars]));
    show();
  };
  const add = (ref, title, where) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "star";
    button.setAttribute("aria-label", place.dataset.star.replace("{}", title));
    button.addEventListener("click", () => change(ref));
    buttons.push([ref, button]);
    where.append(button);
    return button;
  };
  all(".session").forEach((session) => {
    const link = session.querySelector(".session-title");
    add(link.pathname.split("/").pop(), link.textContent, session);
  });
  if (place.dataset.ref) {
    const button = add(place.dataset.ref, document.querySelector("h1").textContent, place);
    button.textContent = " " + place.dataset.word;
    place.prepend(button);
  }
  document.body.classList.add("starring");
  addEventListener("storage", (event) => event.key === key && (read(), show()));
  show();
})();
