// Comforts of the editor of documents: who is writing where. A claim runs out by itself; nothing is refused for it.
(() => {
  "use strict";
  const place = document.querySelector("[data-writing]");
  if (!place) return;
  const { writing, claim } = place.dataset;
  const field = (name) => document.querySelector(`[name="${name}"]`)?.value ?? "";
  const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const show = (said) =>
    document.querySelectorAll("[data-writer]").forEach((line) => {
      line.textContent = said[line.dataset.writer] ?? "";
    });
  const look = async () => {
    if (!document.hidden)
      try {
        const answer = await fetch(writing, { headers: { Accept: "application/json" } });
        if (answer.ok && !answer.redirected) show(await answer.json());
      } catch {
        // The next look may find the server again.
      }
    setTimeout(look, 15000);
  };
  const hold = async () => {
    if (!document.hidden)
      try {
        await fetch(claim, { method: "POST", body: new URLSearchParams({ csrf_token: field("csrf_token"), form_key: key() }) });
      } catch {
        // Without a claim the others are not warned; saving still shows both texts.
      }
    setTimeout(hold, 60000);
  };
  if (claim) hold();
  look();
})();
