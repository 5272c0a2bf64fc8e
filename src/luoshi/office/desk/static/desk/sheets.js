// Entries of a sheet: kept on the phone the moment they are made, sent when there is a network, each once. What another
// has entered meanwhile is shown and never overwritten. Signing out erases all of it.
"use strict";

const CACHE = "luoshi-sheets";
const AGAIN = 10000;
const words = document.getElementById("sending");
const form = document.getElementById("entries");
const said = words.dataset;
let token = form ? form.elements.csrfmiddlewaretoken.value : "";
let busy = false;

// --- What the phone keeps

const opening = new Promise((found, failed) => {
  const asked = indexedDB.open(CACHE, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "key" });
  asked.onsuccess = () => found(asked.result);
  asked.onerror = () => failed(asked.error);
});

async function inStore(mode, act) {
  const store = (await opening).transaction("entries", mode).objectStore("entries");
  return new Promise((found, failed) => {
    const asked = act(store);
    asked.onsuccess = () => found(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

const keep = (entry) => inStore("readwrite", (store) => store.put(entry));
const drop = (key) => inStore("readwrite", (store) => store.delete(key));

async function kept(address) {
  const all = await inStore("readonly", (store) => store.getAll());
  const mine = all.filter((one) => one.user === said.user && (!address || one.address === address));
  return mine.sort((one, other) => one.order - other.order);
}

async function forgetPages() {
  if ("caches" in window) await caches.delete(CACHE);
}

let keeping = Promise.resolve();

async function forgetAll() {
  await keeping; // a page that is still being kept would come back after it was forgotten
  await inStore("readwrite", (store) => store.clear());
  await forgetPages();
}

// --- Lines of the page

const lineOf = (owner) => form && form.querySelector(`[data-owner="${owner}"]`);

function valuesOf(line) {
  const values = {};
  for (const field of line.querySelectorAll("[data-field]")) {
    const chosen = field.querySelector("input[type=radio]:checked") || field.querySelector("input:not([type=radio]), select");
    values[field.dataset.field] = chosen ? chosen.value.trim() : "";
  }
  return values;
}

function isWhole(line) {
  const values = valuesOf(line);
  return Array.from(line.querySelectorAll("[data-field]:not([data-blank])")).every((field) => values[field.dataset.field]);
}

function write(line, values) {
  for (const field of line.querySelectorAll("[data-field]")) {
    const value = values[field.dataset.field] || "";
    for (const input of field.querySelectorAll("input[type=radio]")) input.checked = input.value === value;
    const other = field.querySelector("input:not([type=radio]), select");
    if (other) other.value = value;
  }
}

function inWords(line, values) {
  return Array.from(line.querySelectorAll("[data-field]"), (field) => {
    const value = values[field.dataset.field];
    const shown = Array.from(field.querySelectorAll("input[type=radio], option")).find((one) => one.value === value);
    const text = shown ? (shown.nextElementSibling || shown).textContent : value;
    return text || said.blank;
  }).join(" · ");
}

function tell(line, text, kind) {
  line.classList.remove("waiting", "conflict");
  if (kind) line.classList.add(kind);
  line.querySelector("[data-told]").textContent = text;
}

function button(text, act) {
  const found = document.createElement("button");
  found.type = "button";
  found.className = "button plain small";
  found.textContent = text;
  found.addEventListener("click", act);
  return found;
}

function tellConflict(line, entry) {
  const { other } = entry;
  tell(line, `${said.lineConflict}${inWords(line, other.values)}（${other.by} ${other.at}） `, "conflict");
  const place = line.querySelector("[data-told]");
  place.append(
    button(said.theirs, async () => {
      await drop(entry.key);
      write(line, other.values);
      line.dataset.number = other.number;
      tell(line, "");
      show();
    }),
    button(said.mine, async () => {
      await drop(entry.key);
      line.dataset.number = other.number;
      await add(line, entry.values);
      send();
    }),
  );
}

function tellEntry(entry) {
  const line = lineOf(entry.owner);
  if (!line) return;
  if (entry.outcome === "conflict") tellConflict(line, entry);
  else if (entry.outcome === "closed") tell(line, said.lineClosed, "conflict");
  else if (entry.outcome === "wrong") tell(line, said.lineWrong, "conflict");
  else tell(line, said.lineWaiting, "waiting");
}

// --- Entering and sending

async function add(line, values) {
  const address = form.action;
  const owner = Number(line.dataset.owner);
  const before = (await kept(address)).filter((one) => one.owner === owner);
  for (const one of before.filter((each) => each.outcome)) await drop(one.key);
  const waiting = before.filter((each) => !each.outcome);
  const base = waiting.length ? waiting[waiting.length - 1].base + 1 : Number(line.dataset.number);
  const made = new Date();
  await keep({
    key: crypto.randomUUID(), user: said.user, address, state: form.dataset.state, owner, values, base,
    made_at: made.toISOString(), order: made.getTime() + performance.now() / 1e6,
  });
  tell(line, said.lineWaiting, "waiting");
  line.querySelector("[data-standing]").hidden = true;
  show();
}

async function post(address, entries, isSecondTry) {
  const answer = await fetch(address, {
    method: "POST", redirect: "manual", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ entries }),
  });
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (answer.status === 403 && !isSecondTry) {
    await refresh(entries[0].state);
    return post(address, entries, true);
  }
  const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
  if (!answer.ok) throw new Refused(told.problem || String(answer.status));
  return told;
}

async function refresh(address) {
  const answer = await fetch(address, { redirect: "manual" });
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (!answer.ok) throw new Refused(String(answer.status));
  const told = await answer.json();
  token = told.token;
  return told;
}

class SignedOut extends Error {}
class Refused extends Error {}

function count(lines) {
  const counts = { confirmed: 0, entered: 0, missing: 0 };
  for (const line of Object.values(lines)) counts[line.state in counts ? line.state : "missing"] += 1;
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = counts[place.dataset.count];
  for (const place of document.querySelectorAll("[data-count=missing]"))
    place.parentElement.classList.toggle("open", counts.missing > 0);
  for (const place of document.querySelectorAll("[data-missing]")) place.hidden = true;
}

async function settle(entry, result) {
  const line = entry.address === (form && form.action) ? lineOf(entry.owner) : null;
  if (result.outcome === "taken") {
    await drop(entry.key);
    if (!line) return;
    line.dataset.number = result.other ? result.other.number : line.dataset.number;
    tell(line, said.lineSent);
    return;
  }
  await keep({ ...entry, outcome: result.outcome, other: result.other });
}

async function send() {
  if (busy) return;
  busy = true;
  let problem = null;
  try {
    const waiting = (await kept()).filter((one) => !one.outcome);
    for (const address of new Set(waiting.map((one) => one.address))) {
      const entries = waiting.filter((one) => one.address === address);
      const told = await post(address, entries, false);
      token = told.token;
      if (form && address === form.action) count(told.lines);
      for (const result of told.results) await settle(entries.find((one) => one.key === result.key), result);
    }
  } catch (found) {
    problem = found;
  }
  busy = false;
  await show(problem);
  if (!problem && (await kept()).some((one) => !one.outcome)) await send();
}

async function show(problem) {
  const all = await kept();
  for (const one of all.filter((each) => form && each.address === form.action)) {
    tellEntry(one);
    if (one.outcome === "closed") await drop(one.key);
  }
  const waiting = all.filter((one) => !one.outcome).length;
  const texts = [];
  if (problem instanceof SignedOut) texts.push(said.signedOut);
  else if (problem instanceof Refused) texts.push(said.refused + problem.message);
  else if (problem) texts.push(said.offline);
  if (waiting) texts.push(said.waiting.replace("#", waiting));
  else if (!problem && form) texts.push(said.allSent);
  words.hidden = !texts.length || (!waiting && !problem && !sentHere);
  words.textContent = texts.join(" ");
  if (problem instanceof SignedOut) {
    const way = document.createElement("a");
    way.href = window.location.href;
    way.textContent = ` ${said.signIn}`;
    words.append(way);
  }
  words.classList.toggle("waiting", Boolean(waiting || problem));
  for (const place of document.querySelectorAll("[data-online] button")) place.disabled = Boolean(waiting);
}

let sentHere = false;

function listen() {
  form.addEventListener("change", async (event) => {
    const line = event.target.closest("[data-owner]");
    if (!line || !isWhole(line)) return;
    sentHere = true;
    await add(line, valuesOf(line));
    send();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  for (const plain of document.querySelectorAll("[data-plain]")) plain.hidden = true;
}

async function leave(event) {
  event.preventDefault();
  const out = event.target;
  await send();
  const waiting = (await kept()).length;
  if (waiting && !window.confirm(said.leave)) return;
  await forgetAll();
  out.submit();
}

async function keepPage() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  await navigator.serviceWorker.register(said.worker, { scope: said.scope });
  const owner = await caches.match("/sheets-owner");
  if (owner && (await owner.text()) !== said.user) await forgetPages();
  const cache = await caches.open(CACHE);
  await cache.put("/sheets-owner", new Response(said.user));
  const parts = Array.from(document.querySelectorAll("link[href], script[src]"), (one) => one.href || one.src);
  await cache.addAll([window.location.href, ...parts]);
}

async function begin() {
  if (form) {
    listen();
    for (const one of await kept(form.action)) {
      const line = lineOf(one.owner);
      if (line && line.querySelector("[data-field]")) write(line, one.values);
    }
  }
  for (const out of document.querySelectorAll('form[action$="/sign-out/"]')) out.addEventListener("submit", leave);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  window.setInterval(async () => (await kept()).some((one) => !one.outcome) && send(), AGAIN);
  await send();
  keeping = keepPage().catch(() => {});
}

begin().catch(() => {});
