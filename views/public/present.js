/**
 * Renews the code on the page before it ends: the picture is changed, the page stays where it is. Without this file the
 * link below the picture does the same. An offline code is not renewed but hidden at its end.
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
  const { next, seconds } = code.dataset;
  // An offline code is renewed only by its holder: each one that is made is recorded.
  if (next === undefined) setTimeout(showEnded, Number(seconds) * 1000);
  else setTimeout(renew, (Number(seconds) - secondsBefore) * 1000);
}

renewLater();
