// SPDX-License-Identifier: Apache-2.0
// Sends files in pieces (tus 1.0.0). A cut line costs one piece at most: it goes on by itself, or after the same file
// was chosen again. Without script the same form is sent whole by its button.
"use strict";
(() => {
  const pieceBytes = 1 << 20;
  // A piece on a line of 100 kbit/s takes 84 s.
  const pieceTimeout = 120000;
  let active = 0;
  const refused = [];

  const ask = (upload, method, address, { headers = {}, body = null, progress = null } = {}) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      upload.request = request;
      const isHidden = upload.hidesMethod && method !== "HEAD";
      request.open(isHidden ? "POST" : method, address);
      request.timeout = pieceTimeout;
      const all = {
        Accept: "application/json", "Tus-Resumable": "1.0.0", "X-Form-Token": upload.token, ...headers,
        ...(isHidden ? { "X-HTTP-Method-Override": method } : {}),
      };
      for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
      if (progress) request.upload.onprogress = (event) => progress(event.loaded);
      request.onload = () => resolve(request);
      request.onerror = request.ontimeout = request.onabort = () => resolve(null);
      request.send(body);
    });

  /** The server's own words where it has some. */
  const words = (answer) => {
    try { return JSON.parse(answer.responseText).detail; } catch { return null; }
  };

  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  /** By its digest a file is known again, and the server knows that it arrived as it was. */
  const digestOf = async (file) => {
    if (!crypto.subtle) return null;
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  /** Until the line is back, or it is time to try, or the person presses the button. */
  const rest = (upload, milliseconds) => new Promise((resolve) => {
    const end = () => { clearTimeout(timer); removeEventListener("online", end); resolve(); };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
    upload.wake = end;
  });

  const say = (upload, text, isError = false) => {
    const line = upload.state;
    const full = isError ? `Lỗi: ${text}` : text;
    line.className = isError ? "err" : "";
    if (line.textContent !== full) line.textContent = full;
  };

  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };

  /** Progress, and the two buttons of a file that is on its way. */
  const equip = (upload) => {
    const bar = document.createElement("progress");
    bar.max = upload.file.size;
    bar.value = 0;
    bar.setAttribute("aria-label", `Đang tải lên ${upload.file.name}`);
    const pause = button("Tạm dừng", () => {
      upload.isPaused = !upload.isPaused;
      pause.textContent = upload.isPaused ? "Tải tiếp" : "Tạm dừng";
      if (upload.isPaused) upload.request?.abort();
      upload.wake?.();
    });
    const drop = button("Bỏ", () => {
      upload.isDropped = true;
      upload.request?.abort();
      upload.wake?.();
    });
    const buttons = document.createElement("div");
    buttons.className = "unit";
    buttons.append(pause, drop);
    upload.state.after(bar, buttons);
    upload.bar = bar;
    upload.end = (isDone) => {
      buttons.remove();
      // The full bar stays until the page shows the file among the others.
      if (!isDone) bar.remove();
      delete upload.row.dataset.active;
    };
    say(upload, "Chờ đến lượt");
    upload.row.dataset.active = "1";
  };

  const begin = async (upload) => {
    const facts = { filename: upload.file.name, paper: upload.paper };
    if (upload.digest) facts.sha256 = upload.digest;
    const metadata = Object.entries(facts).map(([key, value]) => `${key} ${base64(value)}`).join(",");
    return ask(upload, "POST", upload.form.dataset.resume, {
      headers: { "Upload-Length": String(upload.file.size), "Upload-Metadata": metadata },
    });
  };

  const piece = (upload, offset) => {
    const end = Math.min(offset + pieceBytes, upload.file.size);
    if (end === upload.file.size) say(upload, "Đang tải phần cuối và kiểm tra tệp");
    return ask(upload, "PATCH", upload.address, {
      headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) },
      body: upload.file.slice(offset, end),
      progress: (loaded) => { upload.bar.value = Math.min(offset + loaded, upload.file.size); },
    });
  };

  /** One step towards the end; answers how it went: "done", "go", "wait", or words for the person. */
  const step = async (upload) => {
    if (!upload.address) {
      const answer = await begin(upload);
      if (!answer || answer.status >= 500) return "wait";
      if (answer.status === 401) return "signIn";
      if (answer.status !== 201) return words(answer) ?? "Chưa tải được tệp, hãy chọn lại";
      upload.address = answer.getResponseHeader("Location");
      upload.offset = 0;
      return "go";
    }
    if (upload.offset === null) {
      const answer = await ask(upload, "HEAD", upload.address);
      if (!answer || answer.status >= 500) return "wait";
      if (answer.status === 401) return "signIn";
      if (answer.status !== 200) {
        // It waited too long, or was thrown away in another window: from the beginning, but not for ever.
        if (upload.restarts++ > 2) return "Chưa tải được tệp, hãy chọn lại";
        upload.address = null;
        return "go";
      }
      upload.offset = Number(answer.getResponseHeader("Upload-Offset"));
      upload.bar.value = upload.offset;
      return upload.offset === upload.file.size ? "done" : "go";
    }
    const answer = await piece(upload, upload.offset);
    if (answer?.status === 204) {
      upload.offset = Number(answer.getResponseHeader("Upload-Offset"));
      upload.bar.value = upload.offset;
      return upload.offset === upload.file.size ? "done" : "go";
    }
    upload.offset = null;
    if (!answer || answer.status >= 500 || answer.status === 423 || answer.status === 409) return "wait";
    if (answer.status === 405 && !upload.hidesMethod) {
      upload.hidesMethod = true;
      return "go";
    }
    if (answer.status === 401) return "signIn";
    if (answer.status === 404 || answer.status === 410) return "go";
    return words(answer) ?? "Chưa tải được tệp, hãy chọn lại";
  };

  /** Sends one file to its end; false when the person must do something. */
  const send = async (upload) => {
    let wait = 1000;
    say(upload, "Đang tải lên");
    while (!upload.isDropped) {
      if (upload.isPaused) {
        say(upload, "Đã tạm dừng. Phần đã tải được giữ trong 24 giờ.");
        await rest(upload, 3600000);
        upload.offset = null;
        continue;
      }
      const outcome = await step(upload);
      if (upload.isPaused || upload.isDropped) continue;
      if (outcome === "done") {
        upload.end(true);
        say(upload, "Đã tải xong");
        return true;
      }
      if (outcome === "go") {
        wait = 1000;
        if (upload.offset !== null && upload.offset + pieceBytes < upload.file.size) say(upload, "Đang tải lên");
      } else if (outcome === "wait") {
        say(upload, "Mất kết nối. Sẽ tự tải tiếp khi có mạng, phần đã tải vẫn còn.");
        await rest(upload, wait);
        wait = Math.min(wait * 2, 30000);
      } else {
        upload.end();
        say(upload, outcome === "signIn" ? "Phiên đã hết. Tải lại trang và đăng nhập để tải tiếp." : outcome, true);
        return false;
      }
    }
    upload.end();
    upload.row.remove();
    if (upload.address) await ask(upload, "DELETE", upload.address);
    return true;
  };

  /** The page as it stands now; what was refused is told where it was chosen. */
  const refresh = async () => {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        if (answer.status >= 500) throw new Error(String(answer.status));
        const html = await answer.text();
        if (active) return;
        window.motcua.replaceMain(html, null);
        break;
      } catch {
        await new Promise((resolve) => { setTimeout(resolve, wait); });
      }
    }
    for (const upload of refused.splice(0)) {
      document.getElementById(upload.paper)?.closest("form").querySelector("[data-previews]")?.append(upload.row);
    }
  };

  /** Sends what was chosen, one after the other, so that photos keep their order. */
  const sendAll = async (form, rows) => {
    active += 1;
    const list = form.parentElement.querySelector("[data-unfinished]");
    const wanted = form.dataset.wanted;
    delete form.dataset.wanted;
    const paper = form.querySelector("input[type=file]").name;
    const token = form.elements._csrf.value;
    const uploads = rows.map(({ file, row, state }) =>
      ({ form, file, row, state, paper, token, address: null, offset: null, restarts: 0 }));
    uploads.forEach(equip);
    for (const upload of uploads) {
      upload.digest = await digestOf(upload.file);
      const known = upload.digest && [...(list?.children ?? [])].find((line) => line.dataset.digest === upload.digest);
      if (wanted && !known) {
        upload.end();
        say(upload, "Đây không phải tệp đang tải dở. Chọn lại đúng tệp, hoặc bỏ phần tải dở", true);
        continue;
      }
      if (known) {
        known.hidden = true;
        upload.address = known.dataset.part;
      }
      if (!await send(upload)) refused.push(upload);
    }
    active -= 1;
    // Where everything was refused before a byte was sent, the page has nothing new.
    if (!active && rows.some(({ row }) => !row.querySelector(".err"))) await refresh();
  };

  document.addEventListener("motcua:main", () => {
    for (const line of document.querySelectorAll("[data-unfinished] > [data-part]")) {
      const pick = line.querySelector("[data-pick]");
      const form = line.closest("[data-unfinished]").parentElement.querySelector("form[data-resume]");
      if (!pick || !form || pick.dataset.watched || !line.dataset.digest || !crypto.subtle) continue;
      pick.dataset.watched = "1";
      pick.hidden = false;
      pick.addEventListener("click", () => {
        form.dataset.wanted = "1";
        const input = form.querySelector("input[type=file]");
        input.addEventListener("cancel", () => { delete form.dataset.wanted; }, { once: true });
        input.click();
      });
    }
  });

  window.motcua.resume = sendAll;
})();
