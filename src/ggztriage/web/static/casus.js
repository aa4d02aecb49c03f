// Makes trying a case livelier. Everything works without this file too: then the button sends the form.
// Answers leave this page only as the body of a POST to the server it came from, and nothing is stored.

const PAUSE = 200;
const SHARED = "#casus=";
const REGION = "_regio";

const form = document.getElementById("formulier");
const bericht = document.getElementById("bericht");
const stem = document.getElementById("stem");

let timer = 0;
let running = new AbortController();
let failed = false;

/** Ask for the advice on what the form holds now, and put it in its place. */
async function advise() {
  clearTimeout(timer);
  running.abort();
  running = new AbortController();
  try {
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.dataset.advies, { method: "POST", body, signal: running.signal, redirect: "error" });
    if (!response.ok) {
      fail(response.status === 403
        ? "Dit formulier is verlopen. Laad de pagina opnieuw om verder te gaan. Maak eerst een link als u de antwoorden wilt houden."
        : "Het advies kon niet worden bijgewerkt. Probeer het nog eens.");
      return;
    }
    const text = await response.text();
    if (failed) say("");
    swap(new DOMParser().parseFromString(text, "text/html"));
  } catch (problem) {
    if (problem.name !== "AbortError") fail("Het programma antwoordt niet. Is het nog gestart?");
  }
}

/** Put every part of the answer in place of the part with the same id; folds and focus stay as they were. */
function swap(answer) {
  const unfolded = [...document.querySelectorAll("details[id][open]")].map((details) => details.id);
  const focused = document.activeElement;
  for (const part of [...answer.body.children]) {
    const old = document.getElementById(part.id);
    const inside = old.contains(focused);
    old.replaceWith(part);
    if (inside) (part.querySelector(`[name="${focused.name}"]`) ?? part).focus({ preventScroll: true });
  }
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  const heard = document.getElementById("advies").dataset.melding;
  if (stem.textContent !== heard) stem.textContent = heard;
  markNext();
}

/** Show in the form itself which question counts most now. */
function markNext() {
  document.querySelector(".vraag-nu")?.classList.remove("vraag-nu");
  const name = document.getElementById("advies").dataset.vraag;
  if (name) document.getElementById(`vraag-${name}`)?.classList.add("vraag-nu");
}

function say(text) {
  failed = false;
  bericht.textContent = text;
}

/** Say what went wrong, until it goes well again. */
function fail(text) {
  say(text);
  failed = true;
}

/** Go to a question: the answer that is chosen now gets the focus, so that the arrow keys work at once. */
function goTo(name) {
  const question = document.getElementById(`vraag-${name}`);
  question.scrollIntoView({ block: "center" });
  (question.querySelector("input:checked") ?? question.querySelector("input")).focus({ preventScroll: true });
}

/** The answers, and the regional agreements that go with them, as text that fits behind the # of an address. */
function encode() {
  const answers = {};
  const chosen = new FormData(form);
  for (const [name, value] of chosen) {
    if (!name.startsWith("_") && value !== "") answers[name] = value;
  }
  if (chosen.has(REGION)) answers[REGION] = chosen.getAll(REGION);
  const bytes = new TextEncoder().encode(JSON.stringify(answers));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Fill the form with the answers behind the #, and take them out of the address. */
function openShared() {
  if (!location.hash.startsWith(SHARED)) return;
  const code = location.hash.slice(SHARED.length);
  history.replaceState(null, "", location.pathname + location.search);
  let answers;
  try {
    const binary = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    answers = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0))));
  } catch {
    say("De antwoorden in deze link zijn niet te lezen. Vraag om een nieuwe link.");
    return;
  }
  const { [REGION]: regions, ...given } = Object(answers);
  const missing = choose([].concat(regions ?? []).map(String));
  if (missing.length) {
    say(`Deze casus hoort bij afspraken van een regio die hier niet zijn (${missing.join(", ")}). Zonder die afspraken kan het advies anders zijn, dus de antwoorden zijn niet ingevuld.`);
    return;
  }
  const skipped = fill(given);
  say(skipped
    ? `De antwoorden uit de link staan in het formulier. ${skipped} daarvan passen niet bij deze vragen en zijn weggelaten.`
    : `De antwoorden uit de link staan in het formulier${regions?.length ? ", met de afspraken van de regio" : ""}.`);
  return advise();
}

/** Choose exactly these regional agreements; gives those that are not here, and then chooses none. */
function choose(regions) {
  const boxes = [...form.elements].filter((field) => field.name === REGION);
  const missing = regions.filter((region) => !boxes.some((box) => box.value === region));
  if (!missing.length) for (const box of boxes) box.checked = regions.includes(box.value);
  return missing;
}

/** Put answers in the form; gives how many do not fit it. */
function fill(answers) {
  const given = new Map(Object.entries(answers));
  for (const field of form.elements) {
    if (!field.name || field.name.startsWith("_")) continue;
    const value = String(given.get(field.name) ?? "");
    if (field.type === "radio") field.checked = field.value === value;
    else field.value = field.type === "number" && !/^\d+$/.test(value) ? "" : value;
  }
  for (const question of form.querySelectorAll(".vraag")) {
    const open = question.querySelector('input[type="radio"][value=""]');
    if (open && !question.querySelector("input:checked")) open.checked = true;
  }
  const placed = new FormData(form);
  return [...given].filter(([name, value]) => placed.get(name) !== String(value)).length;
}

async function copy() {
  const link = document.getElementById("deellink");
  link.select();
  try {
    await navigator.clipboard.writeText(link.value);
    say("De link is gekopieerd.");
  } catch {
    say("Kopiëren mag hier niet vanzelf. De link is geselecteerd: druk op Ctrl+C.");
  }
}

const doe = {
  afdrukken: () => window.print(),
  delen: () => {
    const link = document.getElementById("deellink");
    document.getElementById("deelvak").hidden = false;
    link.value = `${location.origin}${form.dataset.pad}${SHARED}${encode()}`;
    link.focus();
    link.select();
  },
  kopieren: copy,
};

document.addEventListener("input", (event) => {
  if (event.target.form !== form) return;
  document.getElementById("deelvak").hidden = true;
  clearTimeout(timer);
  timer = setTimeout(advise, event.target.matches("textarea, input:not([type])") ? 4 * PAUSE : PAUSE);
});

document.addEventListener("click", (event) => {
  const name = event.target.closest("a[data-vraag]")?.dataset.vraag;
  if (name) {
    event.preventDefault();
    goTo(name);
  }
  doe[event.target.closest("[data-doe]")?.dataset.doe]?.();
});

form.addEventListener("submit", async (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  await advise();
  document.getElementById("advies").scrollIntoView({ block: "start" });
  document.getElementById("advies").focus({ preventScroll: true });
});

window.addEventListener("hashchange", openShared);
for (const element of document.querySelectorAll(".alleen-js")) element.hidden = false;
if (location.hash.startsWith(SHARED)) openShared();
else markNext();
