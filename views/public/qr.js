/**
 * Waits beside the code for what the phone answers, and then presses the button of the page: the server says what comes
 * next. Without this file the person presses it.
 */
const form = document.getElementById('qr-form');

const source = new EventSource(form.dataset.events);
source.addEventListener('message', () => {
  source.close();
  form.submit();
});
