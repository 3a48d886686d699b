// SPDX-License-Identifier: Apache-2.0
// Passkeys: [data-passkey] holds a form with a button that shows only where the browser knows passkeys and the page
// stands under the name for which they are made. Without this script one signs in by password and code.
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer ?? [])))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const opened = Date.now();
  // The server's question is good for five minutes.
  const FRESH_MS = 4 * 60 * 1000;

  const ask = async (box) => {
    const { passkey, challenge, site, user, login, name, known } = box.dataset;
    if (passkey === "get") {
      return navigator.credentials.get({
        publicKey: { challenge: bytes(challenge), rpId: site, userVerification: "required" },
      });
    }
    return navigator.credentials.create({
      publicKey: {
        challenge: bytes(challenge),
        rp: { id: site, name: document.title },
        user: { id: new TextEncoder().encode(user), name: login, displayName: name },
        pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        attestation: "none",
      },
    });
  };

  const begin = (box) => {
    const { site } = box.dataset;
    const host = location.hostname;
    if (!window.PublicKeyCredential || !(host === site || host.endsWith(`.${site}`))) return;
    box.hidden = false;
    const form = box.querySelector("form");
    const word = box.querySelector("[data-passkey-word]");
    const fill = (field, value) => { form.elements[field].value = value; };
    box.querySelector("button").addEventListener("click", async (event) => {
      event.preventDefault();
      if (Date.now() - opened > FRESH_MS) return location.reload();
      word.textContent = "Làm theo hướng dẫn của thiết bị …";
      try {
        const credential = await ask(box);
        const answer = credential.response;
        fill("khoa-id", text(credential.rawId));
        fill("khoa-trang", text(answer.clientDataJSON));
        fill("khoa-thiet-bi", text(answer.authenticatorData && answer.signature ? answer.authenticatorData
          : answer.attestationObject));
        fill("khoa-chu-ky", text(answer.signature));
        fill("khoa-nguoi", text(answer.userHandle));
        form.submit();
      } catch {
        word.textContent = "Chưa dùng được khóa truy cập. Bấm lại, hoặc dùng mật khẩu và mã xác thực.";
      }
    });
  };

  document.addEventListener("motcua:main", (event) => {
    for (const box of event.detail.querySelectorAll("[data-passkey]")) begin(box);
  });
})();
