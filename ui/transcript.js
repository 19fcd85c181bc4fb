// The chat: examples, retry and compare go to the server, copy to the clipboard, and a new question to the top of the view.
// `element`, `trigger` and `watch` are gradio's.
async function copy(button) {
  const text = button.parentElement.querySelector(".plain").textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page that is not served from this machine has no clipboard access without TLS: the old way still works.
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1600);
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.classList.contains("copy")) copy(button);
  if (button.classList.contains("retry")) trigger("retry");
  if (button.classList.contains("compare")) trigger("compare", { turn: Number(button.value) });
  if (button.classList.contains("example")) trigger("example", { question: button.textContent });
});

// An answer that grows must not pull back who has scrolled away from it meanwhile.
const touched = matchMedia("(hover: none) and (pointer: coarse)");
let shown = null, moved = false;
for (const kind of ["wheel", "touchmove", "keydown"]) {
  element.addEventListener(kind, () => (moved = true), { passive: true });
}

// A page that is loaded again tells this to the server, see tab.js.
function remember() {
  try {
    sessionStorage.bylineTyped = document.querySelector("#question textarea").value;
    const asked = [...element.querySelectorAll(".question")].map((question) => question.textContent);
    if (asked.length || !element.querySelector(".before")) sessionStorage.bylineAsked = JSON.stringify(asked.slice(-5));
  } catch {} // a browser that stores nothing
}
// Until the server has brought what the tab held, the beginning is not shown in its place.
try {
  if (JSON.parse(sessionStorage.bylineAsked ?? "[]").length) element.closest("#desk").classList.add("resuming");
} catch {}
document.addEventListener("input", (event) => event.target.matches("#question textarea") && remember());

watch("value", () => {
  const last = element.querySelector(".exchange:last-child");
  const box = document.querySelector("#transcript");
  element.closest("#desk").classList.remove("resuming");
  if (!last || last.id !== shown) moved = false;
  shown = last ? last.id : null;
  remember();
  // Ask, Stop and Retry vanish when they are used: who used them goes on in the box of the question. Where keys are
  // on the screen, they would come up over the answer.
  setTimeout(() => {
    const lost = !last || document.activeElement === document.body;
    if (lost && !touched.matches) document.querySelector("#question textarea").focus();
    remember(); // the box has been emptied by now
  }, 50);
  if (last && !moved) box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
});
