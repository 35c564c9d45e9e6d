"use strict";
// Shows only what the filter lets through. The filter stands in the address of the page, so that it can be passed on:
// #severity=error,warning&kind=check-in&draft=3&words=打卡. Nothing is fetched, stored or sent.
(() => {
  const form = document.getElementById("filter");
  const count = document.getElementById("count");
  const filtered = document.getElementById("filtered");
  const nothing = document.getElementById("nothing");
  const findings = document.getElementById("findings");
  const boxes = [...form.querySelectorAll("[name=severity]")];
  const lower = (element) => element.textContent.toLowerCase();

  const sections = [...document.querySelectorAll("section.draft")].map((element) => ({
    element,
    number: element.id.replace("draft-", ""),
    head: lower(element.querySelector("h3").parentElement),
    indicators: [...element.querySelectorAll(".indicator, .aside")].map((part) => ({
      element: part,
      items: [...part.querySelectorAll("[data-item]")].map((item) => ({
        element: item,
        counts: item.dataset.item === "finding",
        severity: item.dataset.severity ?? "",
        kinds: (item.dataset.kinds ?? "").split(" "),
        text: null,
      })),
    })),
  }));
  const total = document.querySelectorAll("[data-item=finding]").length;

  const said = (element, ...values) => values.reduce((text, value) => text.replace("{}", value), element.dataset.said);
  const chosen = (select) => (select && select.value ? select.selectedOptions[0].textContent : "");

  function wanted() {
    return {
      severity: boxes.filter((box) => box.checked).map((box) => box.value),
      kind: form.elements.kind.value,
      draft: form.elements.draft?.value ?? "",
      words: form.elements.words.value.trim().toLowerCase(),
    };
  }

  function matches(item, want, headMatches) {
    if (want.severity.length && !want.severity.includes(item.severity)) return false;
    if (want.kind && !item.kinds.includes(want.kind)) return false;
    if (!want.words || headMatches) return true;
    item.text ??= lower(item.element);
    return item.text.includes(want.words);
  }

  function apply() {
    const want = wanted();
    const active = want.severity.length > 0 || want.kind !== "" || want.draft !== "" || want.words !== "";
    let shown = 0;
    let visible = false;
    for (const section of sections) {
      const headMatches = want.words !== "" && section.head.includes(want.words);
      const isWanted = !want.draft || want.draft === section.number;
      let any = false;
      for (const indicator of section.indicators) {
        const inName = headMatches || (want.words !== "" && indicator.element.querySelector("h4")?.textContent.toLowerCase().includes(want.words));
        let some = false;
        for (const item of indicator.items) {
          const fits = isWanted && matches(item, want, inName);
          item.element.hidden = !fits;
          some ||= fits;
          shown += fits && item.counts ? 1 : 0;
        }
        indicator.element.hidden = !some;
        any ||= some;
      }
      const asked = want.severity.length > 0 || want.kind !== "" || (want.words !== "" && !headMatches);
      section.element.hidden = !(any || (isWanted && !asked));
      visible ||= !section.element.hidden;
    }
    count.textContent = said(count, shown, total);
    const conditions = [
      ...boxes.filter((box) => box.checked).map((box) => box.parentElement.textContent.trim()),
      chosen(form.elements.kind).trim(),
      chosen(form.elements.draft).trim(),
      want.words && `“${form.elements.words.value.trim()}”`,
    ].filter(Boolean);
    filtered.textContent = said(filtered) + conditions.join(" · ") + "  " + count.textContent;
    filtered.hidden = !active;
    nothing.hidden = visible;
    return want;
  }

  function remember(want) {
    const parts = new URLSearchParams();
    if (want.severity.length) parts.set("severity", want.severity.join(","));
    for (const name of ["kind", "draft", "words"]) if (want[name]) parts.set(name, want[name]);
    history.replaceState(null, "", `#${parts}`);
  }

  // Drafts far off have no height of their own until they come near, so that the first place scrolled to may not be the last.
  function reveal(element, frames = 4) {
    element.scrollIntoView();
    if (frames) requestAnimationFrame(() => reveal(element, frames - 1));
  }

  function recall() {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) {
      const parts = new URLSearchParams(hash);
      for (const box of boxes) box.checked = (parts.get("severity") ?? "").split(",").includes(box.value);
      for (const name of ["kind", "draft", "words"]) if (form.elements[name]) form.elements[name].value = parts.get(name) ?? "";
      apply();
      findings.focus();
    } else if (document.getElementById(hash)?.closest("[hidden]")) {
      form.reset();
      apply();
      reveal(document.getElementById(hash));
    }
  }

  for (const place of document.querySelectorAll("[data-filter]")) {
    const link = document.createElement("a");
    link.href = `#${place.dataset.filter}`;
    link.append(...place.childNodes);
    place.append(link);
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => remember(apply()));
  document.getElementById("clear").addEventListener("click", () => {
    form.reset();
    remember(apply());
  });
  addEventListener("hashchange", recall);
  form.hidden = false;
  apply();
  recall();
})();
