// SPDX-License-Identifier: Apache-2.0
// Shows what was chosen, refuses what the server would refuse, sends at once with progress. Without script the same form
// is sent by its button.
"use strict";
document.addEventListener("motcua:main", () => {
  const kinds = /\.(pdf|jpe?g|png|hei[cf])$/i;
  const size = (bytes) => bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} kB`
    : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;

  const fault = (file, limit) => {
    if (!kinds.test(file.name)) return "Tệp phải là PDF, JPG, PNG hoặc HEIC";
    if (file.size === 0) return "Tệp đã chọn không có nội dung";
    if (file.size > limit) return `Tệp không quá ${size(limit)}`;
    return null;
  };

  const preview = (file) => {
    const row = document.createElement("li");
    const picture = /\.(jpe?g|png)$/i.test(file.name) ? document.createElement("img") : document.createElement("span");
    picture.className = "thumb";
    if (picture instanceof HTMLImageElement) {
      picture.src = URL.createObjectURL(file);
      picture.alt = "";
      picture.width = picture.height = 64;
      picture.onload = () => URL.revokeObjectURL(picture.src);
    } else {
      picture.textContent = file.name.split(".").pop().toUpperCase();
    }
    const text = document.createElement("div");
    const state = document.createElement("p");
    state.setAttribute("role", "status");
    text.append(`${file.name} (${size(file.size)})`, state);
    row.append(picture, text);
    return { row, state };
  };

  const send = (form, rows) => {
    const request = new XMLHttpRequest();
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", "Đang tải lên");
    rows[0].state.after(bar);
    for (const { state } of rows) state.textContent = "Đang tải lên";
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; };
    const failed = () => {
      bar.remove();
      for (const { state } of rows) {
        state.className = "err";
        state.textContent = "Lỗi: Chưa tải được tệp, hãy chọn lại";
      }
      // What was chosen is still chosen: once the line is back, the form's own button sends it without a second choice.
      const button = form.querySelector("[data-send]");
      if (button) button.hidden = false;
    };
    request.onerror = request.ontimeout = request.onabort = failed;
    request.onload = () => {
      // Any page of ours is an answer, also the one with an error beside the paper.
      if (request.status < 500 && /text\/html/.test(request.getResponseHeader("Content-Type") ?? "")) {
        // After an error the answer stands at the address of the POST, which nobody should reload.
        const moved = request.responseURL !== new URL(form.action, location.href).href;
        window.motcua.replaceMain(request.responseText, moved ? request.responseURL : null);
      } else {
        failed();
      }
    };
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.send(new FormData(form));
  };

  for (const form of document.querySelectorAll("form[data-upload]")) {
    const input = form.querySelector("input[type=file]");
    const list = form.querySelector("[data-previews]");
    const button = form.querySelector("[data-send]");
    if (!input || !list || form.dataset.watched) continue;
    form.dataset.watched = "1";
    if (button) button.hidden = true;
    input.addEventListener("change", () => {
      if (button) button.hidden = true;
      const files = [...input.files];
      const rows = files.map((file) => ({ file, ...preview(file) }));
      const onTheirWay = [...list.children].filter((row) => row.dataset.active);
      list.replaceChildren(...onTheirWay, ...rows.map(({ row }) => row));
      const faults = rows.filter(({ file, row, state }) => {
        const words = fault(file, Number(input.dataset.limit));
        if (!words) return false;
        state.className = "err";
        state.textContent = `Lỗi: ${words}`;
        return true;
      });
      const isSound = files.length && !faults.length;
      const goesOn = form.dataset.resume && window.motcua.resume;
      if (isSound && !goesOn) send(form, rows);
      else input.value = "";
      if (isSound && goesOn) window.motcua.resume(form, rows);
    });
  }
});
