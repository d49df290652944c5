// The texts that are read aloud: those that the phone fetched last, where it has any.

/** Put newer texts into a page that may be older than they are. */
export function consentsAnew(form, texts = []) {
  for (const { id, purpose, text, language } of texts) {
    const part = form.querySelector(`[data-purpose="${CSS.escape(purpose)}"]`);
    if (!part || Number(part.dataset.text) >= id) continue;
    part.dataset.text = String(id);
    const words = part.querySelector("blockquote");
    words.textContent = text;
    words.lang = language;
  }
}
