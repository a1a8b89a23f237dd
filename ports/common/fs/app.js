"use strict";
const main = document.getElementById("main");
const up = document.getElementById("up");

function element(tag, text, cls) {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  if (cls) e.className = cls;
  return e;
}

function bar(row) {
  const td = element("td", undefined, "bar"), track = element("div", undefined, "track");
  for (const [cls, value] of [["max", row.high_water], ["now", row.used]]) {
    const part = element("div", undefined, cls);
    part.style.width = (row.size ? 100 * value / row.size : 0) + "%";
    track.append(part);
  }
  td.append(track);
  return td;
}

function table(name, rows) {
  const section = element("section"), table = element("table"), head = element("tr");
  section.append(element("h2", name));
  if (!rows.length) {
    section.append(element("p", "none", "none"));
    return section;
  }
  const columns = Object.keys(rows[0]), pairs = columns[0] === "what";
  for (const c of columns) head.append(element("th", c.replaceAll("_", " "), typeof rows[0][c] === "number" ? "n" : ""));
  if (name === "memory") head.append(element("th"));
  if (!pairs) table.append(head);
  for (const row of rows) {
    const tr = element("tr");
    for (const c of columns) tr.append(element("td", row[c], typeof row[c] === "number" ? "n" : c === "state" ? row[c] : ""));
    if (name === "memory") tr.append(bar(row));
    table.append(tr);
  }
  section.append(table);
  return section;
}

function flip(row) {
  return Object.entries(row).map(([what, value]) => ({ what: what.replaceAll("_", " "), value: String(value) }));
}

function duration(ms) {
  const s = Math.floor(ms / 1000), two = n => String(n).padStart(2, "0");
  return (s >= 86400 ? Math.floor(s / 86400) + " days " : "") +
    two(Math.floor(s / 3600) % 24) + ":" + two(Math.floor(s / 60) % 60) + ":" + two(s % 60);
}

function show(state) {
  const sys = state.system[0];
  document.getElementById("board").textContent = sys.board;
  document.getElementById("stack").textContent = sys.stack;
  up.className = "big";
  up.textContent = "up " + duration(sys.uptime_ms) + ", asleep " + (100 * sys.asleep_ms / Math.max(1, sys.uptime_ms)).toFixed(1) +
    " % of it, woken " + sys.wakeups + " times";
  const parts = [];
  for (const nif of state.interfaces) parts.push(table("interface " + nif.name, flip(nif)));
  for (const [name, rows] of Object.entries(state))
    if (name !== "system" && name !== "interfaces") parts.push(table(name.replaceAll("_", " "), rows));
  main.replaceChildren(...parts);
}

async function refresh() {
  try {
    const answer = await fetch("/state.json", { cache: "no-store" });
    show(await answer.json());
  } catch (e) {
    up.className = "big lost";
    up.textContent = "no answer; trying again";
  }
  setTimeout(refresh, 2000);
}

refresh();
