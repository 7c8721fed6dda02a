"use strict";
(() => {
  const table = document.getElementById("projects");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const column = (name) => heads.findIndex((head) => head.classList.contains("c-" + name));
  const [atProject, atUnit, atGrade] = ["project", "unit", "grade"].map(column);
  const words = document.getElementById("words");
  const byUnit = document.getElementById("by-unit");
  const byGrade = document.getElementById("by-grade");
  const shown = document.getElementById("shown");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const text = (row, at) => row.cells[at].textContent;
  const rows = [...body.rows].map((row) => ({
    row,
    unit: text(row, atUnit),
    grade: text(row, atGrade),
    words: plain(text(row, atProject) + "\n" + text(row, atUnit)),
  }));

  const narrow = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const each of rows) {
      const fits =
        (!byUnit.value || each.unit === byUnit.value) &&
        (!byGrade.value || each.grade === byGrade.value) &&
        wanted.every((word) => each.words.includes(word));
      if (each.row.hidden === fits) each.row.hidden = !fits;
      count += fits;
    }
    const told = shown.dataset.told.replace("{shown}", count).replace("{all}", rows.length);
    shown.textContent = count ? told : told + " " + shown.dataset.nothing;
  };

  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const grades = [...byGrade.options].map((option) => option.value);
  const places = new Map(rows.map(({ row }, place) => [row, place]));
  const keyOf = (row, at) => {
    const value = text(row, at);
    if (value === "") return null;
    if (at === atGrade) return grades.indexOf(value);
    return heads[at].classList.contains("number") ? Number(value) : value;
  };
  const sort = (at) => {
    const upward = heads[at].getAttribute("aria-sort") !== "ascending";
    const sign = upward ? 1 : -1;
    const keys = new Map(rows.map(({ row }) => [row, keyOf(row, at)]));
    const compare = (one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      if (a === null || b === null) return (a === null) - (b === null);
      return sign * (typeof a === "string" ? collator.compare(a, b) : a - b);
    };
    const order = rows.map(({ row }) => row);
    order.sort((one, other) => compare(one, other) || places.get(one) - places.get(other));
    body.append(...order);
    for (const head of heads) head.removeAttribute("aria-sort");
    heads[at].setAttribute("aria-sort", upward ? "ascending" : "descending");
  };

  heads.forEach((head, at) => {
    if (head.classList.contains("c-documents")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(at));
    head.append(button);
  });
  for (const control of [words, byUnit, byGrade]) control.addEventListener("input", narrow);
  document.getElementById("reset").addEventListener("click", () => {
    words.value = byUnit.value = byGrade.value = "";
    narrow();
    words.focus();
  });
  document.body.classList.add("scripted");
  document.getElementById("controls").hidden = false;
  narrow();
  addEventListener("pageshow", narrow);
})();
