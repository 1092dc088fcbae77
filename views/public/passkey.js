/**
 * Runs the passkey ceremonies of the pages. The words are in the page; this file shows them and sends the forms.
 * Without it every form still posts, with an empty `response`, which the server answers with the other way.
 */
const library = globalThis.SimpleWebAuthnBrowser;

/** Shows the prepared message with this id (or none) and hides the others. */
function showMessage(id) {
  for (const message of document.querySelectorAll('#passkey-failed, #passkey-duplicate')) {
    message.hidden = message.id !== id;
    if (!message.hidden) message.scrollIntoView({ block: 'nearest' });
  }
}

function send(form, response) {
  form.elements.namedItem('response').value = JSON.stringify(response);
  form.submit();
}

/** Runs the ceremony each time the form is submitted; only the last attempt counts. */
function onSubmit(form, ceremony) {
  let latest = 0;
  form.addEventListener('submit', async (event) => {
    if (event.submitter?.name === 'skip') return;
    event.preventDefault();
    latest += 1;
    const attempt = latest;
    showMessage(null);
    try {
      const response = await ceremony({ optionsJSON: JSON.parse(form.dataset.options) });
      if (attempt === latest) send(form, response);
    } catch (error) {
      if (attempt !== latest) return;
      const duplicate =
        error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' &&
        document.getElementById('passkey-duplicate');
      showMessage(duplicate ? 'passkey-duplicate' : 'passkey-failed');
    }
  });
}

/** Lets the browser offer passkeys in the number field; a refusal there is silent, the password is at hand. */
async function offerAutofill(form) {
  if (!(await library.browserSupportsWebAuthnAutofill())) return;
  try {
    const optionsJSON = JSON.parse(form.dataset.autofillOptions);
    send(form, await library.startAuthentication({ optionsJSON, useBrowserAutofill: true }));
  } catch {
    // Cancelled, timed out or none chosen: the person goes on typing.
  }
}

document.querySelector('[data-focus]')?.focus();

if (library) {
  const signIn = document.getElementById('passkey-form');
  const register = document.getElementById('passkey-register');
  if (signIn?.dataset.options) onSubmit(signIn, library.startAuthentication);
  if (signIn?.dataset.autofillOptions) offerAutofill(signIn);
  if (register) onSubmit(register, library.startRegistration);
}
