// Passkeys: says in the page what did not work, instead of nothing.
"use strict";
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-problem").hidden = false;
});
document.addEventListener("DOMContentLoaded", () => {
  const none = document.getElementById("passkey-none");
  if (none) none.hidden = Boolean(window.PublicKeyCredential);
});
