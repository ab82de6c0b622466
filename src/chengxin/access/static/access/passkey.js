// Show what needs this script, and say in words when a passkey did not work; allauth's scripts do the rest.
(function () {
  'use strict';
  document.querySelectorAll('[data-passkey-only]').forEach(function (part) { part.hidden = !window.PublicKeyCredential; });
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault();
    var failed = document.getElementById('passkey_failed');
    if (failed) { failed.hidden = false; }
  });
})();
