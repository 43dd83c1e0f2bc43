// Search, sort and choose rows of the table of models. The page is whole without it.
"use strict";
const records = JSON.parse(document.getElementById("data").textContent);
const body = document.querySelector("#models tbody");
const rows = Array.from(body.rows);
const search = document.getElementById("search");
const only = document.getElementById("only");
const shown = document.getElementById("shown");

function refresh() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row) => {
    const text = records[Number(row.dataset.row)].text;
    const fits = words.every((word) => text.includes(word));
    row.hidden = !fits || (only.checked && !row.classList.contains("chosen"));
    count += row.hidden ? 0 : 1;
  });
  shown.textContent = `${count} of ${rows.length} models`;
}

function sortBy(button) {
  const place = Number(button.dataset.column);
  const down = button.getAttribute("aria-pressed") !== "true";
  document.querySelectorAll("#models th button").forEach((one) => one.removeAttribute("aria-pressed"));
  button.setAttribute("aria-pressed", String(down));
  const key = (row) => records[Number(row.dataset.row)].keys[place];
  const sorted = rows.slice().sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    if (a === null || b === null) return (a === null) - (b === null); // what is unknown comes last either way
    const order = a < b ? -1 : a > b ? 1 : 0;
    return down ? order : -order;
  });
  body.append(...sorted);
}

document.querySelectorAll("#models th button").forEach((button) => {
  button.addEventListener("click", () => sortBy(button));
});
body.addEventListener("change", (event) => {
  event.target.closest("tr").classList.toggle("chosen", event.target.checked);
  refresh();
});
search.addEventListener("input", refresh);
only.addEventListener("change", refresh);
document.querySelector(".tools").hidden = false;
refresh();
