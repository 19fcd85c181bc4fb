// The source panel: opens a citation, in this page if its answer is in the panel, else by asking the server for it.
// `element`, `trigger` and `watch` are gradio's. A citation is known by its key, "turn-number", in data-cites.
let wanted = null;   // the key to open once the server has brought its answer
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
  for (const node of document.querySelectorAll("[data-cites]")) {
    const active = holds(node, key);
    node.classList.toggle("active", active);
    if (node.tagName === "A") active ? node.setAttribute("aria-current", "true") : node.removeAttribute("aria-current");
  }
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
    wanted = { key, byKeyboard: event.detail === 0 };
    if (element.querySelector(`.panel[data-turn="${turn}"]`)) open(key, wanted.byKeyboard);
    else trigger("open", { turn: Number(turn) });
  } else if (event.target.closest("#sources .back")) {
    close();
  } else if (event.target.closest("#sources .raise")) {
    raise(!element.closest("#desk").classList.contains("raised"));
  }
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && element.querySelector(".panel.reading")) close();
});

watch("value", () => {
  const turn = element.querySelector(".panel").dataset.turn;
  raise(false);
  const mine = wanted !== null && wanted.key.split("-")[0] === turn;
  open(mine ? wanted.key : null, mine && wanted.byKeyboard);
  if (mine || !turn) wanted = null;
});
