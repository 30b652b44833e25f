// Comforts of the editor of documents: who is writing where, what is typed is kept, keys, and paste from word processors.
(() => {
  "use strict";
  const post = (url, body, extra) => {
    body.set("form_key", [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    return fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, ...extra });
  };
  const token = () => document.querySelector('[name="csrf_token"]')?.value ?? "";

  // Keys: whatever names its keys in aria-keyshortcuts is pressed by them.
  addEventListener("keydown", (event) => {
    const held = [(event.ctrlKey || event.metaKey) && "Control", event.altKey && "Alt", event.shiftKey && "Shift", event.key].filter(Boolean).join("+");
    const wanted = held.includes("+") && document.querySelector(`[aria-keyshortcuts="${CSS.escape(held)}"]`);
    if (wanted) event.preventDefault(), wanted.click();
  });

  // Who is writing where. A claim runs out by itself; nothing is refused for it.
  const place = document.querySelector("[data-writing]");
  if (place) {
    const { writing, claim } = place.dataset;
    const show = (said) =>
      document.querySelectorAll("[data-writer]").forEach((line) => {
        const words = said[line.dataset.writer] ?? "";
        if (line.textContent !== words) line.textContent = words;
      });
    const look = async () => {
      if (!document.hidden)
        try {
          const answer = await fetch(writing, { headers: { Accept: "application/json" } });
          if (answer.ok && !answer.redirected) show(await answer.json());
        } catch {
          // The next look may find the server again.
        }
      setTimeout(look, 5000);
    };
    const hold = async () => {
      if (!document.hidden) await post(claim, new URLSearchParams({ csrf_token: token() })).catch(() => 0); // saving shows both texts all the same
      setTimeout(hold, 60000);
    };
    if (claim) hold();
    look();
  }

  const line = document.querySelector("[data-pasted]");
  const form = line?.closest("form");
  if (!form) return;
  const words = line.dataset;

  // What is typed is kept for its writer two seconds after the last key, and when the page is left.
  let typed = 0, kept = 0, timer = 0, leaving = false;
  const texts = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "form_key"));
  // Whoever signed in again on another page has another token; this page takes it over.
  const renew = async () => {
    const page = await fetch(location.href);
    const fresh = page.redirected ? null : new DOMParser().parseFromString(await page.text(), "text/html").querySelector('[name="csrf_token"]');
    if (fresh) document.querySelectorAll('[name="csrf_token"]').forEach((field) => (field.value = fresh.value));
    return !!fresh;
  };
  const send = async () => {
    clearTimeout(timer);
    const now = typed;
    if (now === kept || leaving) return;
    try {
      let answer = await post(words.kept, texts());
      if (answer.status === 400 && (await renew())) answer = await post(words.kept, texts());
      if (leaving) return;
      const known = !answer.redirected && /json/.test(answer.headers.get("Content-Type"));
      line.textContent = known ? (await answer.json()).said : answer.status === 404 && words.gone ? words.gone : answer.status < 500 ? words.signedOut : words.lost;
      if (known && answer.ok) kept = Math.max(kept, now);
    } catch {
      if (!leaving) line.textContent = words.lost;
    }
    if (kept < typed && !leaving) timer = setTimeout(keep, 10000);
  };
  // One after the other: what was typed earlier must not arrive last.
  let sent = Promise.resolve();
  const keep = () => (sent = sent.then(send));
  if (words.kept) form.addEventListener("input", () => {
    typed += 1;
    clearTimeout(timer);
    timer = setTimeout(keep, 2000);
  });
  addEventListener("submit", ({ target }) => (leaving ||= target === form || target.action.endsWith("/forget")));
  addEventListener("pageshow", () => (leaving = false));
  // The page that a link leads to shall find what was typed before it; a server that doesn't answer holds nobody up.
  addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = link && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !link.target && !link.download;
    if (!plain || typed === kept || event.defaultPrevented || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    await Promise.race([keep(), new Promise((done) => setTimeout(done, 3000))]);
    location.assign(link.href);
  });
  addEventListener("pagehide", () => {
    if (typed > kept && !leaving) post(words.kept, texts(), { keepalive: true }).catch(() => 0);
  });

  // A reference goes to where the caret was last; its list stands below the texts.
  const insert = (field, text) => {
    field.focus();
    if (!document.execCommand("insertText", false, text)) field.setRangeText(text, field.selectionStart, field.selectionEnd, "end"), field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  let last = form.querySelector("textarea");
  form.addEventListener("focusin", ({ target }) => (last = target.matches("textarea") ? target : last));
  form.querySelector("[data-insert]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const before = last.value.slice(0, last.selectionStart);
    insert(last, (/\S$/.test(before) ? " " : "") + form.querySelector("#refer_to").selectedOptions[0].dataset.typed);
  });

  // Paste: emphasis, paragraphs and footnotes stay, everything else of a word processor goes. Nothing of it enters the page but text.
  const BLOCKS = /^(P|DIV|LI|H[1-6]|TR|BLOCKQUOTE|UL|OL|TABLE|SECTION|ARTICLE|PRE)$/, SILENT = /^(STYLE|SCRIPT|TITLE|META|LINK|DEL|TEMPLATE|IMG|SVG)$/;
  // Word processors write a footnote as two links to each other: its sign in the text, and the same sign before its words below.
  const notesOf = (body) => {
    const to = (link) => (link.getAttribute("href") ?? "").replace(/^[^#]*#/, "");
    const named = (name) => name && body.querySelector(`a[id="${CSS.escape(name)}"], a[name="${CSS.escape(name)}"]`);
    const calls = new Map(), below = new Set();
    body.querySelectorAll("a[href*='#']").forEach((call) => {
      const sign = below.has(call) ? null : named(to(call));
      if (!sign || sign === call || ![call.id, call.name].filter(Boolean).includes(to(sign))) return;
      const words = sign.closest('[data-style*="mso-element:footnote"], [data-style*="mso-element:endnote"], div[id^="sdfootnote"], div[id^="sdendnote"]') ?? sign.closest("p, li, div");
      if (!words || words.contains(call)) return;
      calls.set(call, words);
      below.add(sign).add(words);
    });
    return { calls, below };
  };
  const markup = (html) => {
    let lines = [[]];
    const add = (kind, text) => {
      const spans = lines.at(-1), last = spans.at(-1);
      if (last?.kind === kind && kind !== "note") last.text += text;
      else spans.push({ kind, text });
    };
    const walk = (node, kind) => {
      if (node.nodeType === 3) return add(kind, node.data.replace(/\s+/g, " "));
      if (node.nodeType !== 1 || SILENT.test(node.tagName) || below.has(node)) return;
      if (calls.has(node)) return add("note", noteOf(node));
      const style = node.dataset?.style ?? "", name = node.tagName;
      if (/mso-list:\s*Ignore|display:\s*none|mso-hide/i.test(style)) return;
      if (name === "BR") return add(kind, " ");
      const bold = /font-weight:\s*(bold|[6-9]00)/i.test(style) || (/^(B|STRONG)$/.test(name) && !/font-weight:\s*(normal|[1-5]00)/i.test(style));
      const slant = /font-style:\s*(italic|oblique)/i.test(style) || (/^(I|EM)$/.test(name) && !/font-style:\s*normal/i.test(style));
      const within = bold ? "**" : slant && kind !== "**" ? "*" : kind;
      if (BLOCKS.test(name)) lines.push([]);
      node.childNodes.forEach((child) => walk(child, within));
      if (BLOCKS.test(name)) lines.push([]);
    };
    // Styles are read, never applied: the policy of the page would complain of them even in a document that nobody sees.
    const plain = html.replace(/<style[^]*?<\/style>/gi, "").replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle=/i, " data-style="));
    const { body } = new DOMParser().parseFromString(plain, "text/html");
    const { calls, below } = notesOf(body);
    const write = ({ kind, text }) => {
      const [, before, inner, after] = /^(\s*)(.*?)(\s*)$/s.exec(text.replace(/[*\\]/g, "\\$&"));
      return kind === "note" ? text && `^[${text}]` : inner ? before + kind + inner + kind + after : before + after;
    };
    const written = (found) => found.map((spans) => spans.map(write).join("").replace(/\s+/g, " ").trim()).filter(Boolean);
    // Several paragraphs of a note are one; its own brackets are no end of it.
    const noteOf = (call) => {
      const outside = lines, words = calls.get(call);
      calls.delete(call);
      lines = [[]];
      words.childNodes.forEach((child) => walk(child, ""));
      const text = written(lines).join(" ").replace(/[[\]]/g, "\\$&");
      lines = outside;
      return text;
    };
    walk(body, "");
    return written(lines).join("\n\n");
  };
  form.addEventListener("paste", (event) => {
    const field = event.target.closest("textarea"), html = event.clipboardData?.getData("text/html");
    if (!field) return;
    const text = html ? markup(html) : "";
    if (text) {
      event.preventDefault();
      insert(field, text);
    }
    if (/\S\s*\n\s*\n\s*\S/.test(text || event.clipboardData?.getData("text/plain"))) line.textContent = words.pasted;
  });
})();
