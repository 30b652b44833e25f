// The timetable's editor. It holds, shows and sends; what is possible is decided by the server, by the page's own forms.
(() => {
  "use strict";

  const STEP = 5, COARSE = 15, PRESS = 350, SLIP = 6, SOONEST = 4000, LATEST = 60000;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const planner = () => one("#planner"), board = () => one("#board");
  if (!planner()?.dataset.words) return;
  const words = JSON.parse(planner().dataset.words);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const say = (text) => (one("#say").textContent = text);
  const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const minutesOf = (hour) => hour.split(":").reduce((hours, minutes) => hours * 60 + +minutes);
  const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));
  const key = () => [...crypto.getRandomValues(new Uint8Array(18))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const csrf = () => one('input[name="csrf_token"]').value;
  document.documentElement.classList.add("live");

  const tell = (text, kind = "") => {
    const line = document.createElement("p");
    line.textContent = text;
    line.className = kind;
    one("#news").append(line);
    setTimeout(() => line.remove(), 9000);
  };

  // --- pages: what the server answers takes the place of what is shown -------------------------------------------------

  let work = Promise.resolve();
  let sent = ""; // the session that was moved last keeps the focus
  const queued = (task) => (work = work.then(task).catch((error) => (console.error(error), tell(words.lost, "bad"))).then(() => document.documentElement.removeAttribute("aria-busy")));

  const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  const show = (page, address) => {
    const focused = document.activeElement?.closest("[data-session]")?.dataset.session, id = document.activeElement?.id;
    const place = one(".board-wrap"), scroll = place && [place.scrollLeft, place.scrollTop];
    const list = one("#tray .list")?.scrollTop, typed = one("#tray-words")?.value, day = board()?.dataset.day;
    const known = new Map(all(".block").map((block) => [block.dataset.session, block.dataset.revision]));
    for (const part of ["#planner", "#state"]) if (one(part, page)) one(part).replaceWith(document.adoptNode(one(part, page)));
    if (scroll && one(".board-wrap")) [one(".board-wrap").scrollLeft, one(".board-wrap").scrollTop] = scroll;
    if (list && one("#tray .list")) one("#tray .list").scrollTop = list;
    if (typed && one("#tray-words")) sift((one("#tray-words").value = typed));
    if (board()?.dataset.day === day) all(".block").forEach((block) => block.classList.toggle("fresh", block.dataset.session !== sent && known.get(block.dataset.session) !== block.dataset.revision));
    if (address) history.replaceState(null, "", address);
    const focus = sent || focused;
    sent = "";
    if (!document.activeElement || document.activeElement === document.body)
      (focus ? one(`[data-session="${focus}"] a`) : id ? document.getElementById(id) : null)?.focus({ preventScroll: true });
  };

  const notices = (page) => all("main > .notices .notice p", page).map((line) => line.textContent.trim());
  const FAULTS = ["#errors li", "#errors .notice", "main h1 ~ p", "main p"];
  const fault = (page) => FAULTS.map((place) => one(place, page)).find(Boolean)?.textContent.trim() ?? "";

  const load = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || !answer.url.startsWith(location.origin)) throw new Error(answer.status);
    return parse(answer);
  };

  const send = async (action, fields) => {
    document.documentElement.setAttribute("aria-busy", "true");
    const body = new URLSearchParams(fields);
    body.set("csrf_token", csrf());
    body.set("form_key", key());
    const answer = await fetch(action, { method: "POST", body, headers: { Accept: "text/html" } });
    return { answer, page: await parse(answer) };
  };

  const settle = ({ answer, page }) => {
    if (one("#planner", page)) show(page, answer.ok && answer.redirected ? answer.url.split("#")[0] : "");
    else if (answer.redirected && answer.ok) return location.assign(answer.url); // the sign-in has ended
    else queued(async () => show(await load(location.href)));
    for (const line of notices(page)) tell(line, "good");
    if (notices(page).length) say(notices(page).join(" "));
    if (!answer.ok) tell(fault(page), "bad");
  };

  // --- sending a place -------------------------------------------------------------------------------------------------

  const addressOf = (source, verb) => planner().dataset.place.replace("~ref~", source.dataset.session).replace(/\/place(?=$|\?)/, `/${verb}`);
  const put = (source, place) => queued(async () => {
    const fields = [["day", place.day], ["starts", clock(place.begins)], ["minutes", place.minutes], ["revision", source.dataset.revision], ["board", "1"]];
    for (const room of place.rooms) fields.push(["rooms", room]);
    for (const room of place.overflow) fields.push(["overflow", room]);
    sent = source.dataset.session;
    const result = await send(addressOf(source, "place"), fields);
    if (result.answer.status !== 409) return settle(result);
    const what = fault(result.page);
    show(await load(location.href));
    if (await collision(what, source.dataset.session)) settle(await send(addressOf(source, "place"), [...fields, ["anyway", "1"]]));
  });

  const collision = (what, ref) => new Promise((decide) => {
    const dialog = one("#collision"), there = one(`.block[data-session="${ref}"]`);
    one("[data-what]", dialog).textContent = what;
    one("[data-now]", dialog).textContent = fill(words.now, { place: there ? fill(words.at, { from: there.dataset.starts, to: clock(minutesOf(there.dataset.starts) + +there.dataset.minutes), room: there.dataset.where }) : words.none });
    dialog.returnValue = "keep";
    dialog.addEventListener("close", () => decide(dialog.returnValue === "anyway"), { once: true });
    dialog.showModal();
  });

  const takeOut = (source) => source.classList.contains("block") && queued(async () => {
    say(fill(words.tray, { title: source.dataset.title }));
    settle(await send(addressOf(source, "unplace"), [["day", board().dataset.day]]));
  });

  // --- holding a session -----------------------------------------------------------------------------------------------

  let held = null; // { source, title, begins, minutes, lane, from, day, ghost, over }
  const lanes = () => all(".board-lane");
  const begins = () => +board().dataset.begins, ends = () => begins() + board().dataset.steps * STEP;

  const swap = (source) => {
    const other = marked;
    mark(null);
    if (!other || other.dataset.session === source.dataset.session) return;
    sent = other.dataset.session;
    queued(async () => settle(await send(addressOf(other, "swap"), [["with", source.dataset.session], ["day", board().dataset.day], ["revision", other.dataset.revision], ["other_revision", source.dataset.revision], ["board", "1"]])));
  };
  let marked = null; // the session that waits for another one to swap with
  const mark = (source) => {
    all(".marked").forEach((block) => block.classList.remove("marked"));
    marked = source;
    if (source) same(source.dataset.session).forEach((block) => block.classList.add("marked")), say(fill(words.marked, { title: source.dataset.title }));
  };

  const refs = (list) => (list || "").split(" ").filter(Boolean);

  const hold = (source) => {
    const room = source.dataset.room, list = lanes();
    const lane = Math.max(0, list.findIndex((lane) => lane.dataset.room === room));
    held = {
      source, title: source.dataset.title, lane, from: room, day: board().dataset.day, over: null,
      begins: source.dataset.starts ? minutesOf(source.dataset.starts) : Math.max(begins(), 540),
      minutes: +source.dataset.minutes, run: refs(source.dataset.run), rooms: refs(source.dataset.rooms), overflow: refs(source.dataset.overflow),
    };
    held.first = source.dataset.starts ? JSON.stringify([held.begins, held.minutes, lane, held.day]) : "";
    held.ghost = document.createElement("div");
    held.ghost.className = "block ghost";
    held.ghost.append(document.createElement("strong"), document.createElement("br"), document.createElement("span"));
    held.ghost.firstChild.textContent = held.title;
    same(source.dataset.session).forEach((block) => block.classList.add("held"));
    document.documentElement.classList.add("holding");
    draw();
  };
  const same = (ref) => all(".block").filter((block) => block.dataset.session === ref);

  const spanned = () => lanes().slice(held.lane, held.lane + Math.max(1, held.run.length));
  const draw = () => {
    held.lane = within(held.lane, 0, lanes().length - Math.max(1, held.run.length));
    const lane = lanes()[held.lane], across = spanned().reduce((sum, one) => sum + +one.dataset.across, 0);
    held.begins = within(held.begins, begins(), ends() - STEP);
    const top = Math.floor((held.begins - begins()) / STEP);
    Object.assign(held.ghost.style, {
      gridRow: `${2 + top} / span ${Math.max(1, Math.min(Math.round(held.minutes / STEP), board().dataset.steps - top))}`,
      gridColumn: `${lane.dataset.column} / span ${across}`,
    });
    held.ghost.lastChild.textContent = told();
    held.ghost.hidden = held.over !== null;
    if (held.ghost.parentElement !== board()) board().append(held.ghost);
  };
  const told = () => fill(words.at, { from: clock(held.begins), to: clock(held.begins + held.minutes), room: spanned().map((lane) => lane.dataset.name).join(", ") });

  const release = () => {
    const was = held;
    held.ghost.remove();
    same(held.source.dataset.session).forEach((block) => block.classList.remove("held"));
    all(".over").forEach((place) => place.classList.remove("over"));
    document.documentElement.classList.remove("holding");
    held = null;
    return was;
  };

  const leave = () => say(fill(words.kept, { title: release().title }));

  const drop = () => {
    if (held.over?.closest(".tray")) return takeOut(release().source);
    const day = held.over ? new URL(held.over.href).searchParams.get("day") : held.day;
    if (JSON.stringify([held.begins, held.minutes, held.lane, day]) === held.first) return leave();
    const room = lanes()[held.lane].dataset.room;
    const run = held.run.length > 1 ? spanned().map((lane) => lane.dataset.room) : null;
    const follows = held.overflow.includes(held.from), others = (list) => list.filter((ref) => ref !== held.from && ref !== room);
    const place = {
      day, begins: held.begins, minutes: held.minutes,
      rooms: run ? [...run, ...held.rooms.filter((ref) => !held.run.includes(ref) && !run.includes(ref))] : follows || !room ? others(held.rooms) : [room, ...others(held.rooms)],
      overflow: run ? held.overflow.filter((ref) => !run.includes(ref)) : follows && room ? [room, ...others(held.overflow)] : others(held.overflow),
    };
    const { source } = release();
    same(source.dataset.session).forEach((block) => block.classList.add("waiting"));
    say(words.sending);
    put(source, place);
  };

  // --- by pointer ------------------------------------------------------------------------------------------------------

  let press = null;
  const dragged = (event) => {
    const edge = press.edge, offset = press.offset;
    const places = lanes().map((lane) => lane.getBoundingClientRect());
    const pixel = places[0].height / board().dataset.steps / STEP;
    if (edge) held.minutes = Math.max(STEP, Math.round((event.clientY - places[0].top) / pixel / STEP) * STEP - (held.begins - begins()));
    else {
      const target = document.elementFromPoint(event.clientX, event.clientY);
      const over = target?.closest("#tray, .timetable-head .tabs a");
      all(".over").forEach((place) => place.classList.remove("over"));
      held.over = over && (over.id === "tray" ? held.source.dataset.starts : held.source.dataset.starts) ? over : null;
      held.over?.classList.add("over");
      const nearest = places.findIndex((place) => event.clientX >= place.left && event.clientX < place.right);
      if (nearest >= 0) held.lane = nearest - press.shift;
      const step = event.altKey ? STEP : snap();
      held.begins = Math.round((begins() + (event.clientY - offset - places[0].top) / pixel) / step) * step;
    }
    draw();
  };
  const snap = () => (board().classList.contains("board-compact") ? COARSE : STEP);

  const nearEdges = (event) => {
    const place = one(".board-wrap"), box = place.getBoundingClientRect(), near = 36;
    if (event.clientX < box.left || event.clientX > box.right) return;
    if (event.clientY > box.bottom - near) place.scrollTop += 14;
    else if (event.clientY < box.top + near * 2 && event.clientY > box.top) place.scrollTop -= 14;
    if (event.clientX > box.right - near) place.scrollLeft += 14;
    else if (event.clientX < box.left + near) place.scrollLeft -= 14;
  };

  const begin = (event) => {
    hold(press.source);
    press.on = true;
    const under = lanes().map((lane) => lane.getBoundingClientRect()).findIndex((box) => press.x >= box.left && press.x < box.right);
    press.shift = held.run.length > 1 ? Math.max(0, under - held.lane) : 0; // the room by which a block over several is held
    one(".board-wrap").focus({ preventScroll: true });
    dragged(event);
  };

  let frame = 0;
  document.addEventListener("pointerdown", (event) => {
    const source = event.target.closest("[data-holds]");
    if (!source || !board() || event.button || held || event.target.closest("input")) return;
    const box = source.getBoundingClientRect(), tall = event.pointerType === "touch" ? 18 : 9;
    const placed = source.classList.contains("block");
    press = {
      source, x: event.clientX, y: event.clientY, touch: event.pointerType === "touch", on: false,
      edge: placed && box.bottom - event.clientY < tall && box.height > tall * 2,
      offset: placed ? event.clientY - box.top : 8,
    };
    if (press.touch) press.timer = setTimeout(() => press && !press.on && begin(event), PRESS);
  });
  document.addEventListener("pointermove", (event) => {
    if (!press) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > SLIP;
    if (!press.on && far && press.touch) return forget();
    if (!press.on && far) begin(event);
    if (!press.on) return;
    event.preventDefault();
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => held && press && (nearEdges(event), dragged(event)));
  });
  const forget = () => {
    clearTimeout(press?.timer);
    press = null;
  };
  document.addEventListener("pointerup", (event) => {
    const was = press;
    if (was?.on && held) {
      cancelAnimationFrame(frame);
      dragged(event);
    }
    forget();
    if (was?.on && held) {
      document.addEventListener("click", (click) => (click.preventDefault(), click.stopPropagation()), { capture: true, once: true });
      setTimeout(() => drop(), 0);
    }
  });
  document.addEventListener("pointercancel", () => {
    const was = press;
    forget();
    if (was?.on && held) leave();
  });
  document.addEventListener("touchmove", (event) => held && press?.on && event.preventDefault(), { passive: false });
  document.addEventListener("dragstart", (event) => event.target.closest?.("[data-holds]") && event.preventDefault());
  document.addEventListener("contextmenu", (event) => held && event.preventDefault());

  // --- by keyboard -----------------------------------------------------------------------------------------------------

  const rtl = document.documentElement.dir === "rtl";
  const turn = (by) => {
    const tabs = all(".timetable-head .tabs a"), at = tabs.findIndex((tab) => tab.hasAttribute("aria-current")) + by;
    if (!tabs[at]) return;
    const kept = held;
    queued(async () => {
      const room = lanes()[kept.lane]?.dataset.room;
      kept.ghost.remove();
      show(await load(tabs[at].href), tabs[at].href);
      kept.day = board().dataset.day;
      kept.lane = Math.max(0, lanes().findIndex((lane) => lane.dataset.room === room));
      draw();
      one(".board-wrap").focus({ preventScroll: true });
      say(`${one(".timetable-head .tabs [aria-current]").firstChild.textContent.trim()}. ${told()}`);
    });
  };

  const moves = (event) => {
    const step = event.shiftKey ? STEP : COARSE, aside = rtl ? -1 : 1;
    const to = (change) => () => {
      change();
      held.lane = within(held.lane, 0, lanes().length - 1);
      draw();
      held.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
      say(told());
    };
    return {
      ArrowUp: to(() => (held.begins = Math.ceil((held.begins - step) / STEP) * STEP)),
      ArrowDown: to(() => (held.begins += step)),
      ArrowRight: to(() => (held.lane += aside)),
      ArrowLeft: to(() => (held.lane -= aside)),
      "+": to(() => (held.minutes += STEP)),
      "=": to(() => (held.minutes += STEP)),
      "-": to(() => (held.minutes = Math.max(STEP, held.minutes - STEP))),
      "−": to(() => (held.minutes = Math.max(STEP, held.minutes - STEP))),
      PageDown: () => turn(1),
      PageUp: () => turn(-1),
      Enter: drop,
      Escape: leave,
      Delete: () => takeOut(release().source),
      Backspace: () => takeOut(release().source),
    }[event.key];
  };

  document.addEventListener("keydown", (event) => {
    if (one("dialog[open]")) return;
    const typing = event.target.closest("input, select, textarea");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
      const button = one(event.shiftKey ? "#redo button" : "#undo button");
      event.preventDefault();
      return button?.disabled || button?.click();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (held && !press) {
      const move = moves(event);
      if (event.key === "Tab") leave();
      if (!move) return;
      event.preventDefault();
      return move();
    }
    if (held && event.key === "Escape") return forget(), leave();
    const source = event.target.closest?.("[data-holds]");
    if (!source || !board()) return;
    const acts = {
      Enter: () => {
        hold(source);
        held.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
        say(`${fill(words.held, { title: held.title })} ${told()}`);
      },
      Delete: () => takeOut(source),
      s: () => source.classList.contains("block") && (marked ? swap(source) : mark(source)),
      Escape: () => mark(null),
      f: () => location.assign(one("a", source).href),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // --- the page's own forms and links, without leaving the page -------------------------------------------------------

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.closest("#planner")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const fields = [...new FormData(form, event.submitter)].filter(([name]) => name !== "form_key" && name !== "csrf_token");
    queued(async () => settle(await send(form.action, fields)));
  }, { capture: true });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".block-title, .tray li a, .timetable-head .tabs a, .board-tools .filters a, .clash-list a");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || held) return;
    event.preventDefault();
    queued(async () => {
      show(await load(link.href), link.href.split("#")[0]);
      if (matchMedia("(max-width: 63.99rem)").matches) one("#place")?.scrollIntoView();
    });
  });
  const sift = (text) => all("#tray li").forEach((line) => (line.hidden = !line.textContent.toLowerCase().includes(text.trim().toLowerCase())));
  document.addEventListener("input", (event) => event.target.id === "tray-words" && sift(event.target.value));

  // --- the others ------------------------------------------------------------------------------------------------------

  let wait = SOONEST, timer = 0;
  const edited = () => all("#place input, #place select").some((field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : field.tagName === "SELECT" ? !field.selectedOptions[0]?.defaultSelected && field.selectedIndex > 0 : field.type !== "hidden" && field.value !== field.defaultValue);
  const look = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const { changes, number } = planner().dataset;
      const answer = await fetch(`${changes}?after=${number}`, { headers: { Accept: "application/json" } });
      if (answer.status === 200 && !answer.redirected) {
        const news = await answer.json();
        if (news.number > +planner().dataset.number && !held && !edited()) {
          await queued(async () => news.number > +planner().dataset.number && show(await load(location.href)));
          news.said.forEach((line) => tell(line));
        }
        wait = SOONEST;
      } else wait = answer.ok ? Math.min(wait * 1.15, 20000) : LATEST;
    } catch {
      wait = Math.min(wait * 2, LATEST);
    }
    timer = setTimeout(look, wait);
  };
  timer = setTimeout(look, wait);
  document.addEventListener("visibilitychange", () => document.hidden || ((wait = SOONEST), look()));
  document.addEventListener("pointerdown", () => (wait = SOONEST));
})();
