/**
 * Solves the puzzle of the form while the person types: counts until the digest of salt and count begins with enough zero
 * bits. Without this file the form is taken after a wait, as the page says.
 */
const box = document.getElementById('puzzle');
const form = box.closest('form');
const { salt, bits } = box.dataset;
const atOnce = 64;

/** Shows one of the prepared sentences. */
function show(name) {
  for (const sentence of box.querySelectorAll('p')) sentence.hidden = sentence.dataset.when !== name;
}

async function fits(count) {
  const bytes = new TextEncoder().encode(`${salt}:${count}`);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Math.clz32(new DataView(digest).getUint32(0)) >= Number(bits) ? count : -1;
}

async function solve() {
  for (let first = 0; ; first += atOnce) {
    const tried = await Promise.all(Array.from({ length: atOnce }, (_, i) => fits(first + i)));
    const found = tried.find((count) => count >= 0);
    if (found !== undefined) return found;
  }
}

// Only pages of https (or this machine) have it.
if (globalThis.crypto?.subtle) {
  show('solving');
  const solving = solve().then((count) => {
    form.elements.namedItem('solution').value = String(count);
    show('solved');
  });
  form.addEventListener('submit', (event) => {
    if (form.elements.namedItem('solution').value !== '') return;
    event.preventDefault();
    solving.then(() => form.submit());
  });
}
