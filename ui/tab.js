// What a tab tells when its page is loaded: its name, made by chance, what was asked in it and what was being typed.
() => {
  try {
    const tab = (sessionStorage.bylineTab ??= [...crypto.getRandomValues(new Uint32Array(5))].join("-"));
    const { bylineAsked: asked = "[]", bylineTyped: typed = "" } = sessionStorage;
    return [JSON.stringify({ tab, typed, asked: JSON.parse(asked) })];
  } catch {
    return ["{}"]; // a browser that stores nothing begins anew each time
  }
}
