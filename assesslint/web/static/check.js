"use strict";
// Sends drafts from the front page and shows the answers in their place. The drafts stay in this tab, and are sent again when a file is
// made of them: the server keeps none. Without this script the forms work all the same, one draft at a time.
(() => {
  const byId = (id) => document.getElementById(id);
  const form = document.querySelector("form.check");
  const front = byId("form");
  const drop = form.querySelector(".drop");
  const input = form.elements.file;
  const chosen = form.querySelector(".chosen");
  const working = byId("working");
  const batch = byId("batch");
  const rows = batch.querySelector("tbody");
  const result = byId("result");
  const words = byId("words").dataset;
  const AT_ONCE = 2;
  let shown = null; // the draft on the page: a File, or null for one that is text in the form on the page

  const say = (text) => (working.textContent = text);
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  function view(part) {
    for (const each of [front, batch, result]) each.hidden = each !== part;
    scrollTo(0, 0);
  }

  // ── asking the server ──

  async function send(address, fields, accept) {
    for (;;) {
      const answer = await fetch(address, { method: "POST", body: fields, headers: { accept } });
      const wait = Number(answer.headers.get("retry-after"));
      if (!wait) return answer;
      await pause(wait);
    }
  }

  async function page(fields) {
    try {
      const answer = await send("/check", fields, "text/html");
      return document.adoptNode(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main"));
    } catch {
      const main = document.createElement("main");
      const text = main.appendChild(document.createElement("p"));
      text.className = "refused";
      text.textContent = words.offline;
      return main;
    }
  }

  async function settled(file) {
    return new File([await file.arrayBuffer()], file.name); // as it is now, whatever becomes of it on the disk
  }

  function fieldsOf(file) {
    const fields = new FormData(form);
    fields.delete("text");
    fields.set("file", file, file.name);
    return fields;
  }

  // ── one draft ──

  function show(main, file) {
    shown = file;
    result.replaceChildren(...main.children);
    for (const downloads of result.querySelectorAll(".downloads")) downloads.hidden = false;
    const back = document.createElement("p");
    const many = rows.children.length > 0;
    back.append(button(many ? words.list : words.again, () => (many ? view(batch) : view(front))));
    result.append(back);
    view(result);
    result.querySelector("h1, .refused")?.focus();
    say("");
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  async function check(fields, file) {
    say(working.dataset.said);
    const main = await page(fields);
    show(main, file);
  }

  async function submitted() {
    rows.replaceChildren();
    const files = await Promise.all([...input.files].map(settled));
    history.pushState({ shows: "answer" }, "");
    if (files.length > 1) await checkAll(files);
    else if (files.length) await check(fieldsOf(files[0]), files[0]);
    else await check(new FormData(form), null);
  }

  // ── several ──

  async function checkAll(files) {
    const progress = byId("progress");
    const done = byId("done");
    const count = (number) => {
      progress.max = files.length;
      progress.value = number;
      done.textContent = done.dataset.said.replace("{}", number).replace("{}", files.length);
    };
    const waiting = files.map((file) => ({ file, row: row(file) }));
    let number = 0;
    count(0);
    view(batch);
    byId("batch-title").focus();
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        fill(next.row, next.file, await page(fieldsOf(next.file)));
        count((number += 1));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  function row(file) {
    const made = rows.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = file.name;
    made.append(head);
    for (let at = 0; at < 5; at += 1) made.insertCell();
    made.cells[1].textContent = words.queued;
    return made;
  }

  function fill(line, file, main) {
    const told = main.querySelector("article.result")?.dataset;
    line.cells[1].textContent = told ? told.conclusion : words.failed;
    line.className = told ? told.state : "unread";
    for (const [at, number] of (told?.counts.split(",") ?? []).entries()) {
      line.cells[2 + at].textContent = number;
      line.cells[2 + at].className = number === "0" ? "number none" : "number";
    }
    const open = button(words.show, () => show(main.cloneNode(true), file));
    open.setAttribute("aria-label", `${words.show} ${file.name}`);
    line.cells[5].append(open);
  }

  // ── files made of a draft ──

  async function save(pressed) {
    const fields = shown ? fieldsOf(shown) : new FormData(byId("edit"));
    if (pressed.name) fields.set(pressed.name, pressed.value);
    say(working.dataset.said);
    try {
      const answer = await send(pressed.getAttribute("formaction"), fields, "application/json, */*");
      if (!answer.ok) {
        say((await answer.json()).error.message);
        return;
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = decodeURIComponent(answer.headers.get("content-disposition").split("''")[1]);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      say("");
    } catch {
      say(words.offline);
    }
  }

  // ── what people do ──

  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    submitted();
  });
  result.addEventListener("submit", (event) => {
    event.preventDefault();
    check(new FormData(event.target, event.submitter), null);
  });
  result.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[formaction]");
    if (pressed) {
      event.preventDefault();
      save(pressed);
      return;
    }
    const mark = event.target.closest("mark[data-finding]");
    if (mark) byId(`finding-${mark.dataset.finding}`)?.scrollIntoView({ block: "nearest" });
  });
  batch.querySelector(".again").addEventListener("click", () => view(front));
  input.addEventListener("change", () => (chosen.textContent = [...input.files].map((file) => file.name).join(" · ")));
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
    if (input.files.length) submitted();
  });
  addEventListener("popstate", () => {
    if (!location.hash && !history.state) view(front);
  });
})();
