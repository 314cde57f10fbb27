"use strict";

// How many characters are left, while somebody types; without scripts the limit alone is shown.
const field = document.querySelector("textarea[maxlength]");
const counter = document.getElementById("counter");

function count() {
  const left = field.maxLength - field.value.length;
  counter.textContent = left === 1 ? "1 character left" : `${left} characters left`;
  // a screen reader is told only when the end is near
  counter.ariaLive = left <= 20 ? "polite" : "off";
}

if (field && counter) {
  field.addEventListener("input", count);
  count();
}
