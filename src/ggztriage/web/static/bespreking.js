// Keeps the pages of a session up to date. Everything works without this file too: then pages refresh themselves, or
// with a link. What someone is typing is never replaced.

const RETRY = 3000;
const lijn = document.getElementById("lijn");
const bron = document.querySelector("[data-stroom]");
let stamp = null;

/** Show or hide that the connection is gone. */
function offline(gone) {
  lijn.hidden = !gone;
}

/** Whether someone changed something here that was not sent yet. */
function dirty(part) {
  return [...part.querySelectorAll("input, textarea, select")].some((field) => {
    if (field.type === "hidden") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return ![...field.options].every((option) => option.selected === option.defaultSelected) && field.selectedIndex > 0;
    return field.value !== field.defaultValue;
  });
}

function typing(part) {
  const focused = document.activeElement;
  return part.contains(focused) && focused.matches("textarea, input:not([type=radio], [type=checkbox])");
}

/** Put a newly fetched page in place of this one: as a whole, or part by part where a facilitator works. */
function swap(text, whole, answer = false) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const parts = [...document.querySelectorAll("[data-deel]")];
  if (whole || parts.length === 0 || !fresh.querySelector("[data-deel]")) return swapWhole(fresh);
  const names = (root) => [...root.querySelectorAll("[data-deel]")].map((part) => part.id).join();
  if (names(document) !== names(fresh)) return swapWhole(fresh);
  for (const part of parts) {
    const next = fresh.getElementById(part.id);
    if (part.innerHTML === next.innerHTML || dirty(part) || typing(part)) continue;
    if (part.id === "berichten" && !answer) continue;
    keepOpen(part, next);
    part.replaceWith(next);
  }
  tick();
}

function keepOpen(old, next) {
  const before = [...old.querySelectorAll("details")];
  [...next.querySelectorAll("details")].forEach((details, place) => {
    if (before[place]?.open) details.open = true;
  });
}

function swapWhole(fresh) {
  const name = document.getElementById("levend") ? "levend" : "inhoud";
  const old = document.getElementById(name);
  const next = fresh.getElementById(name);
  if (!next) return location.reload();
  const moved = old.dataset.stap !== next.dataset.stap;
  if (!moved) keepOpen(old, next);
  old.replaceWith(next);
  document.title = fresh.title;
  const message = document.getElementById("melding");
  if (message) message.focus();
  else if (moved || next.querySelector(".gelukt")) window.scrollTo({ top: 0 });
  tick();
}

/** Fetch this page again. */
async function refresh() {
  try {
    const response = await fetch(location.pathname, { redirect: "follow" });
    if (response.status === 404 || response.redirected) return location.reload();
    if (!response.ok) return;
    const text = await response.text();
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const now = document.getElementById("levend");
    // A phone on which someone fills something in is only replaced when the session moved on.
    if (now && !now.hasAttribute("data-stroom") && now.dataset.stap === fresh.getElementById("levend")?.dataset.stap && (dirty(now) || typing(now))) return;
    swap(text, false);
    offline(false);
  } catch {
    offline(true);
    setTimeout(refresh, RETRY);
  }
}

/** Follow the session. The browser itself tries again when the connection is lost. */
function follow() {
  const events = new EventSource(bron.dataset.stroom);
  events.onopen = () => offline(false);
  events.onerror = () => {
    offline(true);
    if (events.readyState === EventSource.CLOSED) setTimeout(() => { refresh(); follow(); }, RETRY);
  };
  events.onmessage = (event) => {
    offline(false);
    if (event.data !== stamp) {
      const first = stamp === null;
      stamp = event.data;
      if (!first || document.getElementById("levend")?.dataset.stap !== event.data) refresh();
    }
  };
}

/** Send a form. Without a connection it keeps trying, until the server says that it was kept. */
async function send(form, button) {
  form.setAttribute("aria-busy", "true");
  for (let again = 0; ; again += 1) {
    const body = new URLSearchParams(new FormData(form, button));
    try {
      const response = await fetch(form.action, { method: "POST", body });
      if (response.status === 403 && again < 2) {
        // The program was started again: fetch a new proof, and send what stands here once more.
        const text = await (await fetch(location.pathname)).text();
        const proof = new DOMParser().parseFromString(text, "text/html").querySelector('input[name="_bewijs"]');
        const field = form.querySelector('input[name="_bewijs"]');
        if (proof) field.value = proof.value;
        continue;
      }
      offline(false);
      const text = await response.text();
      // On a phone the new page counts as a whole; a facilitator keeps what stands half typed in another form.
      for (const field of form.elements) if (field.name && field.type !== "hidden" && response.ok) settle(field);
      if (response.redirected) history.replaceState(null, "", new URL(response.url).pathname);
      swap(text, !response.ok || document.getElementById("levend") !== null, true);
      return;
    } catch {
      offline(true);
      await new Promise((done) => { setTimeout(done, RETRY); });
    } finally {
      form.removeAttribute("aria-busy");
    }
  }
}

/** What was sent is no longer a change. */
function settle(field) {
  if (field.type === "radio" || field.type === "checkbox") field.defaultChecked = field.checked;
  else if (field.tagName === "SELECT") for (const option of field.options) option.defaultSelected = option.selected;
  else field.defaultValue = field.value;
  if (document.activeElement === field) field.blur();
}

/** Count down. */
function tick() {
  for (const clock of document.querySelectorAll(".klok[data-tot]")) {
    const left = Number(clock.dataset.tot) - Date.now() / 1000;
    const minutes = Math.floor(Math.max(left, 0) / 60);
    const seconds = Math.floor(Math.max(left, 0) % 60);
    clock.firstElementChild.textContent = left > 0 ? `${minutes}:${String(seconds).padStart(2, "0")}` : "tijd is om";
    clock.classList.toggle("klok-om", left <= 0);
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-levend]")) return;
  event.preventDefault();
  if (event.target.getAttribute("aria-busy") !== "true") send(event.target, event.submitter);
});

follow();
tick();
setInterval(tick, 1000);
