"""The browser chat: questions on the left, the sources of the answers on the right."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.errors import SettingError
from ui.desk import ASK, Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.library import Library

ANSWERS_AT_ONCE = 4
"""Questions of several people that are answered at a time; more would only slow each other on a laptop's cores."""

SEED_EXAMPLES = (
    "Who heads the Ukrainian delegation?",
    "What does Trump think has to happen before there is any progress?",
    "Why did the 2022 negotiations break down?",
)
"""Questions to begin with for the articles that come with Byline."""
SEED_FILE = "000_09ec61efd20e7210.txt"
"""One of those articles; hardly another folder has a file of that name."""

_HERE = Path(__file__).parent
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_HEAD = """
<meta http-equiv="Content-Security-Policy"
 content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; form-action 'none'">
<link rel="icon" href="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>
<rect width='32' height='32' rx='6' fill='%2397281d'/><text x='16' y='24' font-family='Georgia,serif' font-size='23'
 font-weight='700' fill='white' text-anchor='middle'>B</text></svg>">
"""
"""Whatever stands in an article, the page reaches no machine but the one it came from; gradio itself needs eval."""


def serve(library: Library, host: str = "127.0.0.1", port: int = 7860, *, wait: bool = True) -> tuple[gr.Blocks, str]:
    """Serve the chat and stay until it is interrupted; return the page and its address.

    Args:
        library: where the answers come from.
        host: address to listen on.
        port: 0 to 65535; 0 takes any free one.
        wait: False returns as soon as the page is there; end it with `page.close()`.

    Raises:
        SettingError: the address cannot be listened on.
    """
    port = _free_port(host, port)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Gradio greets its own server by HTTP when it starts, which a newsroom's proxy must not catch.
    os.environ["no_proxy"] = ",".join(filter(None, (os.environ.get("no_proxy"), "localhost,127.0.0.1,::1", host)))
    page = build(library, examples_for(library))
    address = _launch(page, host, port)
    if wait:
        print(f"Byline answers at {address} (Ctrl+C ends it).", flush=True)
        page.block_thread()
    return page, address


def examples_for(library: Library) -> tuple[str, ...]:
    """Return questions to begin with, where the articles are those that come with Byline."""
    return SEED_EXAMPLES if SEED_FILE in {article.file for article in library.articles()} else ()


def build(library: Library, examples: Sequence[str] = ()) -> gr.Blocks:
    """Make the page. A person's conversation lives in the state of their session, and by tab in the desk's memory."""
    desk = Desk(library, examples)
    welcome, shelf = desk.begin()
    page = gr.Blocks(title=f"Byline – {library.name}", fill_width=True, analytics_enabled=False)
    with page:
        state = gr.State(())
        with gr.Row(elem_id="masthead"):
            name = _html(desk.masthead(), "name")
            new = gr.Button("New conversation", elem_id="new", size="sm")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="chat"):
                transcript = _html(welcome, "transcript")
                box = gr.Textbox(
                    placeholder="Ask the articles",
                    label="Your question",
                    show_label=False,
                    container=False,
                    max_lines=6,
                    submit_btn=ASK,
                    autofocus=True,
                    elem_id="question",
                )
            with gr.Column(elem_id="sources"):
                panel = _html(shelf, "panel")
        shown = [state, transcript, panel, box]
        slow: dict[str, Any] = {"concurrency_limit": ANSWERS_AT_ONCE, "concurrency_id": "ask", **_QUIET}
        quick: dict[str, Any] = {"queue": False, **_QUIET}
        asking = [
            # `once`, gradio's own mode, would drop a question sent in the moment in which the last answer ends.
            box.submit(desk.ask, [box, state], shown, trigger_mode="multiple", **slow),
            transcript.example(desk.ask, [box, state], shown, **slow),
            transcript.retry(desk.retry, [state], shown, **slow),
            transcript.compare(desk.compare, [state], shown, **slow),
        ]
        box.stop(desk.stop, [state], shown, cancels=asking, **quick)
        cleared = new.click(desk.clear, None, shown, cancels=asking, **quick)
        page.load(desk.load, [box], [*shown, name], js=(_HERE / "tab.js").read_text("utf-8"), **quick)
        for event in (*asking, cleared):
            event.then(desk.masthead, None, [name], **quick)  # the articles may have changed meanwhile
        panel.open(desk.open, [state], [panel], **quick)
        panel.read(desk.read, None, [panel], **quick)
        panel.shelf(desk.shelf, None, [panel], **quick)
    return page


def _html(value: str, name: str) -> gr.HTML:
    """Make a part of the page from our own HTML, with the script of the same name if there is one.

    The HTML goes through gradio's default template only: what stands in a template of one's own is run as code.
    """
    script = _HERE / f"{name}.js"
    on_load = script.read_text("utf-8") if script.exists() else None
    return gr.HTML(value, apply_default_css=False, elem_id=name, js_on_load=on_load)


def _launch(page: gr.Blocks, host: str, port: int) -> str:
    """Serve the page without any of gradio's extras, and return its address."""
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        run_history=False,
        footer_links=[],
        max_file_size="1kb",  # nothing is ever uploaded
        theme=_theme(),
        css=(_HERE / "chat.css").read_text("utf-8"),
        head=_HEAD,
    )
    return str(address)


def _theme() -> gr.themes.Base:
    """Return a plain theme in the machine's own typefaces: the theme's default would load files for its fonts."""
    return gr.themes.Base(font=("sans-serif",), font_mono=("monospace",))


def _free_port(host: str, port: int) -> int:
    """Return the port, or a free one for 0, after making sure that the address can be listened on."""
    if not 0 <= port <= 65535:
        raise SettingError(f"The chat cannot listen on port {port}; choose a --port from 0 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        host.encode("idna")  # what is no name, like `a..b`, fails here, where no socket is left open
        with socket.create_server((host, port), family=family) as probe:
            return int(probe.getsockname()[1])
    except (OSError, UnicodeError) as error:
        raise SettingError(f"The chat cannot listen on {host}:{port}; choose another --host or --port.") from error
