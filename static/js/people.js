// Comforts of the pages on which people are entered: the badge as it will read, and the part of a photograph.
(() => {
  "use strict";

  // The badge says what the fields say; left empty, one stands in for another as it does on the server.
  const badge = document.querySelector("[data-badge]");
  const typed = (name) => document.querySelector(`[name="${name}"]`)?.value.trim() ?? "";
  const shown = () => {
    const printed = typed("printed_name") || [typed("given_name"), typed("family_name")].filter(Boolean).join(" ");
    badge.querySelector("[data-badge-name]").textContent = typed("badge_name") || printed || badge.dataset.badge;
    badge.querySelector("[data-badge-title]").textContent = typed("functional_title");
    const body = badge.querySelector("[data-badge-body]");
    if (typed("organization")) body.textContent = typed("organization");
    const category = document.querySelector('select[name="category"]');
    if (category) badge.querySelector("[data-badge-category]").textContent = category.selectedOptions[0]?.text ?? "";
  };
  if (badge) {
    document.addEventListener("input", shown);
    shown();
  }

  // The part of a picture that is kept: a frame of 3 to 4 that is drawn, moved and made larger; the numbers say the same.
  const stage = document.querySelector("[data-crop]");
  if (!stage) return;
  const image = stage.querySelector("img");
  const frame = stage.querySelector("[data-frame]");
  const number = (name) => document.querySelector(`input[name="${name}"]`);
  const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));
  const ratio = () => (image.naturalWidth * 4) / (image.naturalHeight * 3); // height in per cent for one per cent of width
  const place = (left, top, width) => {
    width = within(width, 5, Math.min(100, 100 / ratio()));
    left = within(left, 0, 100 - width);
    top = within(top, 0, 100 - width * ratio());
    for (const [name, value] of [["left", left], ["top", top], ["width", width]]) number(name).value = value.toFixed(1);
    Object.assign(frame.style, { insetInlineStart: "auto", left: left + "%", top: top + "%", width: width + "%", height: width * ratio() + "%" });
  };
  const chosen = () => ["left", "top", "width"].map((name) => parseFloat(number(name).value) || 0);
  const middle = () => {
    const width = Math.min(100, 100 / ratio());
    place((100 - width) / 2, (100 - width * ratio()) / 2, width);
  };
  document.querySelectorAll('input[type="file"]').forEach((input) =>
    input.addEventListener("change", () => {
      const file = input.files[0];
      if (!file) return;
      document.querySelectorAll('input[type="file"]').forEach((other) => other !== input && (other.value = ""));
      const reader = new FileReader();
      reader.onload = () => (image.src = reader.result);
      reader.readAsDataURL(file);
    }),
  );
  image.addEventListener("load", () => {
    stage.hidden = false;
    middle();
  });
  image.addEventListener("error", () => (stage.hidden = true));
  document.querySelectorAll("[data-crop-number]").forEach((input) => input.addEventListener("change", () => stage.hidden || place(...chosen())));
  let held = null;
  frame.addEventListener("pointerdown", (event) => {
    const [left, top, width] = chosen();
    held = { x: event.clientX, y: event.clientY, left, top, width, sizing: event.target.hasAttribute("data-corner") };
    frame.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  frame.addEventListener("pointermove", (event) => {
    if (!held) return;
    const across = ((event.clientX - held.x) / image.clientWidth) * 100;
    const down = ((event.clientY - held.y) / image.clientHeight) * 100;
    if (held.sizing) place(held.left, held.top, held.width + Math.max(across, down / ratio()));
    else place(held.left + across, held.top + down, held.width);
  });
  frame.addEventListener("pointerup", () => (held = null));
  frame.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0, 0], ArrowRight: [1, 0, 0], ArrowUp: [0, -1, 0], ArrowDown: [0, 1, 0], "+": [0, 0, 2], "-": [0, 0, -2] }[event.key];
    if (!step) return;
    event.preventDefault();
    place(...chosen().map((value, at) => value + step[at]));
  });

  // At a desk, where a file field opens no camera, the picture is taken here; it goes the way of a chosen file.
  const camera = document.querySelector("[data-camera]");
  if (!navigator.mediaDevices?.getUserMedia || !matchMedia("(pointer: fine)").matches) return;
  const part = (name) => camera.querySelector(`[data-camera-${name}]`);
  const [view, open, take, close, says] = ["view", "open", "take", "close", "says"].map(part);
  const opened = async (stream) => {
    view.srcObject?.getTracks().forEach((track) => track.stop());
    view.srcObject = stream;
    if (stream) await view.play(); // before its first picture there is nothing to take
    view.hidden = take.hidden = close.hidden = !stream;
    open.hidden = !!stream;
  };
  open.addEventListener("click", async () => {
    try {
      await opened(await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1920 }, height: { ideal: 1440 } } }));
      says.textContent = "";
      take.focus();
    } catch {
      opened(null);
      says.textContent = says.dataset.refused;
    }
  });
  take.addEventListener("click", () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [view.videoWidth, view.videoHeight];
    canvas.getContext("2d").drawImage(view, 0, 0);
    canvas.toBlob((blob) => {
      if (!blob) return;
      const carried = new DataTransfer();
      carried.items.add(new File([blob], "camera.jpg", { type: blob.type }));
      const input = document.getElementById("camera");
      input.files = carried.files;
      input.dispatchEvent(new Event("change"));
      opened(null);
      says.textContent = says.dataset.taken;
      image.addEventListener("load", () => frame.focus(), { once: true });
    }, "image/jpeg", 0.92);
  });
  close.addEventListener("click", () => {
    opened(null);
    open.focus();
  });
  addEventListener("pagehide", () => opened(null));
  document.querySelector("[data-camera-file]").hidden = true;
  camera.hidden = false;
})();
