// The source panel: opens a citation, in this page if its answer is in the panel, else by asking the server for it.
// `element`, `trigger` and `watch` are gradio's. A citation is known by its key, "turn-number", in data-cites.
let wanted = null;   // the key to open once the server has brought its answer
let read = null;     // the key that is open, and how far down its reader is: an answer that grows must not shut it
let browsing = null; // how an article, or the list of all, was asked for, until it comes
let origin = null;   // the link that keyboard focus goes back to

const holds = (node, key) => node.dataset.cites.split(" ").includes(key);
const scroller = () => element.querySelector(".scroll");

// Where there is no room beside the chat, the sources are a bar below it until they are wanted.
function raise(up) {
  element.closest("#desk").classList.toggle("raised", up);
  const button = element.querySelector(".raise");
  button.textContent = up ? "Hide" : "Show";
  button.setAttribute("aria-expanded", up);
  if (up && origin?.isConnected && !element.contains(origin)) origin.scrollIntoView({ block: "nearest" });
}

function open(key, byKeyboard) {
  const panel = element.querySelector(".panel");
  read = key && { key, top: null };
  for (const node of document.querySelectorAll("[data-cites]")) {
    const active = holds(node, key);
    node.classList.toggle("active", active);
    if (node.tagName === "A") active ? node.setAttribute("aria-current", "true") : node.removeAttribute("aria-current");
  }
  if (panel.classList.contains("chosen")) return void (scroller().scrollTop = 0);
  panel.classList.toggle("reading", key !== null);
  if (key !== null) raise(true);
  const mark = element.querySelector("mark.active");
  if (!mark) return void (scroller().scrollTop = 0);
  const marks = element.querySelectorAll("mark.active");
  const ceiling = scroller().getBoundingClientRect().top + mark.closest(".sheet").firstElementChild.offsetHeight;
  const room = scroller().getBoundingClientRect().bottom - ceiling;
  const top = mark.getBoundingClientRect().top;
  const height = marks[marks.length - 1].getBoundingClientRect().bottom - top;
  scroller().scrollTop += top - ceiling - Math.max(12, Math.min(room * 0.3, (room - height) / 2));
  if (byKeyboard) mark.focus({ preventScroll: true });
}

// What is asked of the server: an article of the list of all, or this list. Then the panel stays up.
function browse(event, name, place = {}) {
  browsing = { byKeyboard: event.detail === 0 };
  if (name === "shelf" && element.querySelector(".shelf")) settle();
  else trigger(name, place);
}

function settle() {
  raise(browsing !== null);
  if (browsing?.byKeyboard) element.querySelector(".chosen .back, .shelf a")?.focus({ preventScroll: true });
  browsing = null;
}

function close() {
  open(null, false);
  wanted = null;
  if (origin && origin.isConnected) origin.focus({ preventScroll: true });
  origin = null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-cites]");
  if (link) {
    event.preventDefault();
    const key = link.dataset.cites;
    const turn = key.split("-")[0];
    if (!element.contains(link) || !origin) origin = link;
    const here = element.querySelector(`.panel[data-turn="${turn}"]`);
    wanted = here ? null : { key, byKeyboard: event.detail === 0 };
    if (here) open(key, event.detail === 0);
    else trigger("open", { turn: Number(turn) });
  } else if (event.target.closest("a[data-file]")) {
    event.preventDefault();
    const { file, record } = event.target.closest("a[data-file]").dataset;
    browse(event, "read", { file, record: record === "" ? null : Number(record) });
  } else if (event.target.closest(".chosen .back, #masthead .all")) {
    browse(event, "shelf");
  } else if (event.target.closest("#sources .back")) {
    close();
  } else if (event.target.closest(".retry")) {
    read = null; // the numbers of the new answer are others
  } else if (event.target.closest("#sources .raise")) {
    raise(!element.closest("#desk").classList.contains("raised"));
  }
});
element.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (element.querySelector(".panel.chosen")) browse({ detail: 0 }, "shelf");
  else if (element.querySelector(".panel.reading")) close();
});

element.addEventListener("scroll", (event) => {
  if (read && event.target === scroller()) read.top = event.target.scrollTop;
}, true);

watch("value", () => {
  const turn = element.querySelector(".panel").dataset.turn;
  const mine = wanted !== null && wanted.key.split("-")[0] === turn;
  const before = read;
  settle();
  if (mine || !before || before.key.split("-")[0] !== turn) return arrive(mine, turn);
  open(before.key, false);
  if (before.top !== null) scroller().scrollTop = read.top = before.top;
});

function arrive(mine, turn) {
  open(mine ? wanted.key : null, mine && wanted.byKeyboard);
  if (mine || !turn) wanted = null;
}
