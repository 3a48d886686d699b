// SPDX-License-Identifier: Apache-2.0
// Saves a form two seconds after the last key, and says when. The button "Lưu và tiếp tục" saves as well.
"use strict";
document.addEventListener("motcua:main", () => {
  const form = document.querySelector("form[data-autosave]");
  if (!form || form.dataset.watched) return;
  form.dataset.watched = "1";
  const line = form.querySelector("[data-saved]");
  let timer = 0;
  let wait = 2000;
  let changed = false;

  const save = async () => {
    changed = false;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body, headers: { Accept: "application/json" }, keepalive: true,
      });
      if (answer.status === 401) return window.motcua.leaveForSignIn();
      if (!answer.ok) throw new Error(String(answer.status));
      const { savedAt, version } = await answer.json();
      // The next save of this page stands on what was just kept.
      form.elements._version.value = version;
      line.textContent = `Đã lưu lúc ${savedAt}`;
      wait = 2000;
    } catch {
      line.textContent = "Chưa lưu được, sẽ thử lại";
      changed = true;
      wait = Math.min(wait * 2, 60000);
      timer = setTimeout(save, wait);
    }
  };

  form.addEventListener("input", (event) => {
    if (event.isComposing) return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); changed = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed) { clearTimeout(timer); save(); }
  });
});
