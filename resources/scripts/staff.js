// SPDX-License-Identifier: Apache-2.0
// For staff: keys j k Enter / a g-v ?, the bar for several rows, live filter, refresh of named parts.
"use strict";
(() => {
  const typing = (target) => target.closest?.("input, select, textarea, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
  const move = (step) => {
    const all = rows();
    const now = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
    next?.querySelector("a")?.focus();
  };

  let pendingG = 0;
  document.addEventListener("keydown", (event) => {
    if (!document.documentElement.hasAttribute("data-keys")) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
    if (event.key === "v" && Date.now() - pendingG < 1200) return location.assign("/viec");
    pendingG = event.key === "g" ? Date.now() : 0;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") {
      const box = document.querySelector("[data-search]");
      if (!box) return;
      event.preventDefault();
      box.focus();
    } else if (event.key === "a") document.querySelector("[data-key-accept]")?.focus();
    else if (event.key === "?") {
      const help = document.querySelector("[data-key-help]");
      if (help) { help.open = !help.open; help.querySelector("summary").focus(); }
    }
  });

  document.addEventListener("motcua:main", () => {
    // The bar for several rows shows how many are chosen; without script it stands below the list.
    const bar = document.querySelector("[data-sticky]");
    if (bar) {
      const boxes = [...document.querySelectorAll("input[data-pick]")];
      const word = bar.querySelector("[data-picked]");
      const tell = () => {
        const count = boxes.filter((box) => box.checked).length;
        bar.classList.toggle("stuck", count > 0);
        if (word) word.textContent = count ? `Đã chọn ${count}` : "Chưa chọn dòng nào";
      };
      for (const box of boxes) box.addEventListener("change", tell);
      tell();
    }

    // Rows that do not hold the typed letters are hidden; chosen ones never are.
    const filter = document.querySelector("input[data-filter]");
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
    filter?.addEventListener("input", (event) => {
      if (event.isComposing) return;
      const wanted = fold(filter.value.trim());
      let shown = 0;
      for (const row of document.querySelectorAll("[data-row]")) {
        row.hidden = !row.querySelector("input:checked") && !fold(row.textContent).includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      const line = document.querySelector("[data-filter-count]");
      if (line) line.textContent = `Đang hiện ${shown} dòng`;
    });
  });

  // Named parts are replaced when the server's differ; the wait grows with the time of the last answer.
  const refresh = (host) => {
    const address = host.dataset.refresh;
    const ask = async () => {
      if (document.hidden) return setTimeout(ask, 5000);
      const began = performance.now();
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        if (answer.status === 401) return location.reload();
        if (!answer.ok) throw new Error(String(answer.status));
        const parts = await answer.json();
        for (const [name, html] of Object.entries(parts)) {
          const place = name === "stop" ? null : document.querySelector(`[data-part="${CSS.escape(name)}"]`);
          if (place && place.innerHTML.trim() !== html.trim() && !place.contains(document.activeElement)) {
            place.innerHTML = html;
          }
        }
        if (parts.stop) return;
      } catch { /* the next round tries again */ }
      const spent = performance.now() - began;
      setTimeout(ask, Math.max(250 * Math.sqrt(spent) - 1000, 1000) + 14000);
    };
    setTimeout(ask, 15000);
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const host of document.querySelectorAll("[data-refresh]")) refresh(host);
  });
})();
