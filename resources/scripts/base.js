// SPDX-License-Identifier: Apache-2.0
// On every page: error focus, guard against double submission, session warning, copying a code. All work without it.
"use strict";
(() => {
  /** Focus goes to the error summary, so that a screen reader begins there. */
  const focusErrors = (root) => root.querySelector(".es")?.focus();

  /** A second press within five seconds does nothing; the server would give the first answer anyway. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 5000) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = String(Date.now());
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  // A page that comes back by the back button may be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  });

  /** What stands in the form is sent with the page: the sign-in then brings it back. A reload would lose it. */
  const leaveForSignIn = () => {
    const form = document.querySelector("form[data-autosave]");
    if (form) form.submit();
    else location.reload();
  };

  /** Five minutes before the session ends, says so; one press extends it without leaving the page. */
  const watchSession = () => {
    const box = document.querySelector("[data-session-ends]");
    if (!box) return;
    const text = box.querySelector("[data-session-text]");
    let ends = Date.now() + Number(box.dataset.sessionEnds) * 1000;
    let told = -1;
    setInterval(() => {
      const minutes = Math.ceil((ends - Date.now()) / 60000);
      if (minutes === told || minutes > 5) return;
      told = minutes;
      text.textContent = minutes > 0
        ? `Còn ${minutes} phút. Những gì đã nhập vẫn được giữ. Bấm nút để tiếp tục.`
        : "Phiên đã hết. Bấm nút rồi đăng nhập lại, những gì đã nhập vẫn còn.";
      if (!box.open) box.showModal();
    }, 5000);
    // Whoever closes the warning is still there.
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      box.querySelector("form").requestSubmit();
    });
    box.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        if (!answer.ok) throw new Error(String(answer.status));
        ends = Date.now() + Number(box.dataset.sessionEnds) * 1000;
        told = -1;
        box.close();
      } catch {
        leaveForSignIn();
      } finally {
        delete form.dataset.sent;
        form.querySelector("button").removeAttribute("aria-disabled");
      }
    });
  };

  /** The button appears only where copying works. */
  const offerCopy = (root) => {
    if (!navigator.clipboard) return;
    for (const button of root.querySelectorAll("[data-copy]")) {
      button.hidden = false;
      const word = button.querySelector("[data-copy-word]");
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.parentElement.querySelector("[data-copy-source]").textContent);
        word.textContent = "Đã chép";
        setTimeout(() => { word.textContent = "Chép"; }, 3000);
      });
    }
  };

  /** Called again by modules that put a new main part into the page. */
  const begin = (root) => {
    focusErrors(root);
    offerCopy(root);
    document.dispatchEvent(new CustomEvent("motcua:main", { detail: root }));
  };

  /** Puts the main part of an answered page in place of ours, and its title. */
  const replaceMain = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("main");
    const old = document.querySelector("main");
    if (!fresh || !old) return location.assign(address ?? location.href);
    document.title = page.title;
    old.replaceWith(document.adoptNode(fresh));
    if (address) history.replaceState(null, "", address);
    const main = document.querySelector("main");
    main.focus({ preventScroll: true });
    begin(main);
  };

  window.motcua = { replaceMain, leaveForSignIn };
  document.addEventListener("DOMContentLoaded", () => {
    watchSession();
    begin(document.querySelector("main"));
  });
})();
