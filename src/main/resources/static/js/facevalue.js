// The device key (Ed25519, not extractable, kept by this browser), the confirmation with it, and live tracking.
// Everything else on these pages works without a script.
"use strict";

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const store = (mode, use) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open("facevalue", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const request = use(opening.result.transaction("keys", mode).objectStore("keys"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    };
  });

async function deviceKey(fresh) {
  const kept = fresh ? undefined : await store("readonly", (keys) => keys.get("device"));
  if (kept) return kept;
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  await store("readwrite", (keys) => keys.put(pair, "device"));
  return pair;
}

async function api(method, path, body, headers) {
  const answer = await fetch(path, {
    method,
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": document.documentElement.lang,
      "X-XSRF-TOKEN": document.querySelector("meta[name=csrf]").content,
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.detail || json.title);
  return json;
}

// A form that makes a customer brings the public half of a new key along; one that adds this browser, that of the key it has.
for (const form of document.querySelectorAll("form[data-device-key]")) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.deviceKey.value) return;
    event.preventDefault();
    const pair = await deviceKey(form.dataset.deviceKey === "make");
    form.elements.deviceKey.value = base64url(await crypto.subtle.exportKey("raw", pair.publicKey));
    form.submit();
  });
}

// A form that wants a fresh proof: a challenge for what it is about, signed by the device key. Pressing twice asks once.
function withProof(form, challengesOf, then) {
  const button = form.querySelector("button");
  const refusal = form.querySelector("[data-refusal]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!button || button.disabled) return;
    button.disabled = true;
    refusal.hidden = true;
    try {
      const pair = await store("readonly", (keys) => keys.get("device"));
      if (!pair) throw new Error(refusal.dataset.refusal);
      const mine = base64url(await crypto.subtle.exportKey("raw", pair.publicKey));
      const known = (await api("GET", "/api/v1/device-keys")).data.find((key) => key.public_key === mine);
      if (!known) throw new Error(refusal.dataset.refusal);
      const challenge = await api("POST", challengesOf, {});
      const signature = await crypto.subtle.sign("Ed25519", pair.privateKey, bytesOf(challenge.challenge));
      await then({ challenge: challenge.id, kind: "device_key", key_id: known.id, signature: base64url(signature) });
    } catch (problem) {
      refusal.textContent = problem.message;
      refusal.hidden = false;
      button.disabled = false;
    }
  });
}

// One yes, over amount, payee and quote.
for (const form of document.querySelectorAll("form[data-confirm]")) {
  const { confirm: quote, challenges, to, then } = form.dataset;
  withProof(form, challenges, async (stepUp) => {
    const made = await api("POST", to, { quote, step_up: stepUp }, { "Idempotency-Key": stepUp.challenge });
    location.assign(then + made.id);
  });
}

// The code of a voucher that was kept, shown until the page is left.
for (const form of document.querySelectorAll("form[data-voucher-code]")) {
  const path = form.dataset.voucherCode;
  withProof(form, `${path}/challenges`, async (stepUp) => {
    const voucher = await api("POST", path, { step_up: stepUp });
    const expires = form.querySelector("[data-expires]");
    form.querySelector("[data-code]").textContent = voucher.code;
    expires.textContent = expires.dataset.expires.replace("{0}", voucher.expires_on);
    expires.hidden = false;
    form.querySelector("button").hidden = true;
  });
}

// Tracking: every event that is new to this page draws it anew; without a script the reader reloads.
for (const live of document.querySelectorAll("[data-live]")) {
  const events = new EventSource(live.dataset.live);
  events.addEventListener("cash-out", (event) => {
    if (Number(event.lastEventId) <= Number(live.dataset.seen)) return;
    const typing = document.activeElement && document.activeElement.matches("input");
    if (typing && JSON.parse(event.data).state === "CODE_WANTED") return;
    events.close();
    location.reload();
  });
}

// A way out goes on for days: what is shown is looked up again every few seconds while somebody looks.
for (const polled of document.querySelectorAll("[data-polled]")) {
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(polled.dataset.polled, { headers: { Accept: "application/json" } });
    if (answer.ok && String((await answer.json()).timeline.length) !== polled.dataset.seen) location.reload();
  }, 3000);
}
