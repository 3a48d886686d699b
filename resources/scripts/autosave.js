// SPDX-License-Identifier: Apache-2.0
// Saves a form two seconds after the last key, and says when. The button "Lưu và tiếp tục" saves as well. Where questions
// hang on answers of the same page, a choice is saved at once, and the page shows what it opens or closes. A file goes at
// once with the whole form, by the button of its question.
"use strict";
document.addEventListener("motcua:main", () => {
  const form = document.querySelector("form[data-autosave]");
  if (!form || form.dataset.watched) return;
  form.dataset.watched = "1";
  const line = form.querySelector("[data-saved]");
  let timer = 0;
  let wait = 2000;
  let changed = false;
  let inFlight = null;
  let isLeaving = false;

  /** Puts in the questions that an answer opened, and takes out those that it closed; what stays is not touched. */
  const redraw = async (shown) => {
    const answer = await fetch(form.action, { headers: { Accept: "text/html" } });
    if (!answer.ok || changed || isLeaving) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-autosave]");
    if (!fresh) return false;
    const inner = (box) => [...box.querySelectorAll("[name]")].map((one) => one.name).join();
    const known = new Map([...form.querySelectorAll("[data-question]")].map((box) => [box.dataset.question, box]));
    let last = null;
    for (const box of fresh.querySelectorAll("[data-question]")) {
      const old = known.get(box.dataset.question);
      known.delete(box.dataset.question);
      if (old && inner(old) === inner(box)) { last = old; continue; }
      const made = document.adoptNode(box);
      const focus = old?.contains(document.activeElement) ? document.activeElement.id : "";
      if (old) old.replaceWith(made);
      else if (last) last.after(made);
      else form.querySelector("[data-question]").before(made);
      if (focus) document.getElementById(focus)?.focus();
      last = made;
    }
    for (const box of known.values()) box.remove();
    form.elements._shown.value = shown;
    return true;
  };

  const send = async () => {
    changed = false;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body, headers: { Accept: "application/json" }, keepalive: true,
      });
      if (answer.status === 401) return window.motcua.leaveForSignIn();
      if (!answer.ok) throw new Error(String(answer.status));
      const { savedAt, version, shown } = await answer.json();
      // The next save of this page stands on what was just kept.
      form.elements._version.value = version;
      line.textContent = `Đã lưu lúc ${savedAt}`;
      wait = 2000;
      const before = form.elements._shown?.value;
      if (before === undefined || before === shown) return;
      if (await redraw(shown) && shown.length > before.length) line.textContent += ". Câu trả lời vừa chọn mở thêm câu hỏi sau.";
    } catch {
      line.textContent = "Chưa lưu được, sẽ thử lại";
      changed = true;
      wait = Math.min(wait * 2, 60000);
      timer = setTimeout(save, wait);
    }
  };

  const save = () => {
    const mine = (inFlight ?? Promise.resolve()).then(send).finally(() => { if (inFlight === mine) inFlight = null; });
    inFlight = mine;
  };

  form.addEventListener("input", (event) => {
    if (event.isComposing) return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  });
  form.addEventListener("change", (event) => {
    if (!form.elements._shown || !event.target.matches("select, [type=radio], [type=checkbox]")) return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, 0);
  });
  form.addEventListener("change", ({ target }) => {
    const box = target.closest("[data-upload-box]");
    if (!box || !target.files?.length) return;
    const isLarge = [...target.files].some((file) => file.size > target.dataset.limit);
    const words = box.querySelector("[role=status]") ?? document.createElement("p");
    words.setAttribute("role", "status");
    words.className = isLarge ? "err" : "";
    box.querySelector("[data-previews]").after(words);
    words.textContent = isLarge ? `Lỗi: Tệp không quá ${Math.round(target.dataset.limit / 1e6)} MB` : "Đang tải lên";
    if (isLarge) target.value = "";
    else form.requestSubmit(box.querySelector("[data-send]"));
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    changed = false;
    if (!inFlight) return;
    // The version that is being saved just now is the one on which the button's own save stands.
    event.preventDefault();
    event.stopPropagation();
    isLeaving = true;
    const button = event.submitter;
    inFlight.then(() => form.requestSubmit(button));
  });
  addEventListener("pageshow", () => { isLeaving = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed) { clearTimeout(timer); save(); }
  });
});
