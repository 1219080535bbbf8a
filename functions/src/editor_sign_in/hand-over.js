// Hands what GitHub answered to the window that opened this one, if one of
// our editors is in it. Nothing is said to anybody before they have answered
// from an address on the list: a message goes to that address alone.
"use strict";
const { greeting, message, editors } = JSON.parse(document.getElementById("answer").textContent);
const editor = window.opener;
if (editor) {
  addEventListener("message", function hand(event) {
    if (event.source !== editor || event.data !== greeting || !editors.includes(event.origin)) return;
    removeEventListener("message", hand);
    editor.postMessage(message, event.origin);
  });
  for (const origin of editors) editor.postMessage(greeting, origin);
}
