"use strict";

// How many characters are left, while somebody types; without scripts the limit alone is shown.
const field = document.querySelector("textarea[maxlength]");
const counter = document.getElementById("counter");

function count() {
  const left = field.maxLength - field.value.length;
  const characters = Math.abs(left) === 1 ? "character" : "characters";
  counter.textContent = `${Math.abs(left)} ${characters} ${left < 0 ? "too many" : "left"}`;
  // a screen reader is told only when the end is near
  counter.ariaLive = left <= 20 ? "polite" : "off";
}

if (field && counter) {
  field.addEventListener("input", count);
  count();
}
