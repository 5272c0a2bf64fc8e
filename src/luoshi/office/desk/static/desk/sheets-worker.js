// Keeps the pages of sheets that were opened, so that they open without a network. What is newer always goes first.
"use strict";

const KEPT = "luoshi-sheets";
const PAGES = new URL("./", self.location).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const place = new URL(request.url);
  const isPage = place.pathname.startsWith(PAGES) && !place.pathname.endsWith("/state/");
  const isOurs = place.origin === self.location.origin && (isPage || place.pathname.startsWith("/static/"));
  if (request.method === "GET" && isOurs) event.respondWith(newestOf(request));
});

async function newestOf(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await (await caches.open(KEPT)).put(request.url, answer.clone());
    return answer;
  } catch (problem) {
    const kept = await caches.match(request.url);
    if (kept) return kept;
    throw problem;
  }
}
