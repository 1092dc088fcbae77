/**
 * Renews the code on the page before it ends: the picture is changed, the page stays where it is. Without this file the
 * link below the picture does the same.
 */
const code = document.getElementById('code');
const ended = document.getElementById('code-ended');
const secondsBefore = 10;

function showEnded() {
  code.hidden = true;
  ended.hidden = false;
  ended.focus();
}

async function renew() {
  try {
    const answer = await fetch(code.dataset.next);
    if (!answer.ok || answer.redirected) throw new Error('no code');
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    code.querySelector('img').src = page.querySelector('#code img').src;
    renewLater();
  } catch {
    showEnded();
  }
}

function renewLater() {
  setTimeout(renew, (Number(code.dataset.seconds) - secondsBefore) * 1000);
}

renewLater();
