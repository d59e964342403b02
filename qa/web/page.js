/* What the page does beyond showing HTML: sends clicks to Python, brings marks into view, speaks to screen readers. */
window.sitasi = (() => {
  let opener = null;

  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = () => window.matchMedia("(max-width: 860px)").matches;
  const scroll = (node, block) => node.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

  /* This page's own address, with the index that was chosen. */
  const home = () => {
    const index = new URLSearchParams(location.search).get("index");
    return location.pathname + (index ? `?index=${encodeURIComponent(index)}` : "");
  };

  /* What a link asks for: a question with what narrows it (?q=…&since=… or #q=…), or a span of an article (#article=…&span=…).
     Set up by the conversation. */
  let pointed = null;
  let linked = null;
  let reopened = null;
  const asking = ["q", "since", "until", "outlet", "articles"];
  const arrive = () => {
    const told = new URLSearchParams(location.hash.slice(1));
    const link = [told, new URLSearchParams(location.search)].find((one) => asking.some((name) => one.get(name)));
    const article = told.get("article");
    const conversation = told.get("c");
    if (link) {
      /* Asked once: a reload does not ask again. */
      history.replaceState(null, "", home());
      const [question, since, until] = ["q", "since", "until"].map((name) => link.get(name) || "");
      linked({ question, since, until, outlets: link.getAll("outlet").filter(Boolean), articles: link.getAll("articles").filter(Boolean) });
    } else if (conversation) {
      reopened(conversation);
    } else if (article) {
      const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(told.get("span") || "") || [0, 0, 0];
      pointed({ article, start: Number(start), end: Number(end) });
    }
  };

  /* A word at the foot of the window, seen and read aloud, that goes by itself. */
  let fading = 0;
  const say = (words, wrong) => {
    speaker().textContent = words;
    let note = document.getElementById("sitasi-note");
    if (!note) {
      note = document.createElement("div");
      note.id = "sitasi-note";
      note.setAttribute("aria-hidden", "true"); /* the speaker has said it */
      document.body.append(note);
    }
    note.textContent = words;
    note.className = wrong ? "wrong" : "";
    note.hidden = false;
    clearTimeout(fading);
    fading = setTimeout(() => { note.hidden = true; }, wrong ? 12000 : 5000);
  };

  /* Text to the clipboard; over plain http of another machine only the old way is open. */
  const copy = async (text, rich) => {
    try {
      if (rich && window.ClipboardItem) {
        const typed = (type, value) => new Blob([value], { type });
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": typed("text/plain", text), "text/html": typed("text/html", rich) })]);
      } else await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      const held = document.activeElement;
      field.value = text;
      field.className = "unseen";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (held) held.focus({ preventScroll: true });
      return done;
    }
  };

  const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

  /* What leaves: the server sends it whole, and it goes to the clipboard or to the browser's downloads. */
  const parcel = (element, watch) => {
    watch("value", async () => {
      const sent = element.querySelector(".parcel");
      if (!sent) return;
      const { form, name, type, done, failed, problem } = sent.dataset;
      if (problem) { say(problem, true); return; }
      if (form === "copy") {
        const text = new TextDecoder();
        const good = await copy(text.decode(bytes(sent.dataset.bytes)), text.decode(bytes(sent.dataset.rich)));
        say(good ? done : failed, !good);
        return;
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes(sent.dataset.bytes)], { type }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      say(done, false);
    });
  };

  const speaker = () => {
    let node = document.getElementById("sitasi-says");
    if (!node) {
      node = document.createElement("div");
      node.id = "sitasi-says";
      node.className = "unseen";
      node.setAttribute("role", "status");
      node.setAttribute("aria-live", "polite");
      document.body.append(node);
    }
    return node;
  };

  const opened = (button) => {
    document.querySelectorAll("[aria-current='true']").forEach((node) => node.removeAttribute("aria-current"));
    opener = button;
    if (button) button.setAttribute("aria-current", "true");
  };

  /* The conversation: citations, passages that came near, example questions. */
  const chat = (element, trigger, watch) => {
    reopened = (conversation) => trigger("reopen", { conversation });
    pointed = (where) => trigger("follow", where);
    linked = (what) => trigger("linked", what);
    let judging = null; /* the turn whose answer was just judged: the page stays where it is */
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { turn, cite, hit, ask, judge, take } = button.dataset;
      if (cite) { opened(button); trigger("cite", { turn: Number(turn), n: Number(cite) }); }
      else if (hit) { opened(button); trigger("near", { turn: Number(turn), place: Number(hit) }); }
      else if (ask) trigger("example", { question: ask });
      else if (take) {
        trigger("take", { turn: Number(turn), form: take });
        const choice = button.closest("details");
        if (choice) { choice.open = false; choice.querySelector("summary").focus(); }
      }
      else if ("undo" in button.dataset) { judging = turn; trigger("undo", { turn: Number(turn) }); }
      else if (button.dataset.wide) trigger("wide", { question: button.dataset.wide });
      else if ("new" in button.dataset) { history.replaceState(null, "", home()); trigger("fresh"); }
      else if ("print" in button.dataset) window.print();
      else if (judge) {
        const field = judge === "corrected" ? button.parentElement.querySelector("input") : null;
        if (field && !field.value.trim()) { field.focus(); return; }
        judging = turn;
        trigger("judge", { turn: Number(turn), verdict: judge, correction: field ? field.value : "" });
      }
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.closest(".correcting input")) return;
      event.preventDefault();
      event.target.parentElement.querySelector("button").click();
    });
    element.addEventListener("toggle", (event) => { if (event.target.open) scroll(event.target, "nearest"); }, true);
    watch("value", () => {
      const elsewhere = element.querySelector(".elsewhere");
      if (elsewhere) { /* a conversation with another index */
        const { index, place } = elsewhere.dataset;
        location.href = `${location.pathname}?index=${encodeURIComponent(index)}#c=${encodeURIComponent(place)}`;
        return;
      }
      const turns = element.querySelectorAll(".exchange");
      const last = turns[turns.length - 1];
      if (!last) return;
      /* The address names the conversation: a reload brings it back, and nobody else's browser can open it. */
      const { place } = element.querySelector(".conversation").dataset;
      if (place) history.replaceState(null, "", `${home()}#c=${place}`);
      const told = judging === null ? null : element.querySelector(`.judged[data-judged="${judging}"], .judging[data-judging="${judging}"] button`);
      judging = null;
      if (told) { told.focus({ preventScroll: true }); speaker().textContent = told.textContent; return; }
      const says = last.querySelector("[data-say]");
      if (says) speaker().textContent = says.dataset.say;
      scroll(last, turns.length > 1 ? "start" : "nearest");
    });
  };

  /* An article beside the conversation or beside the list. */
  const source = (element, trigger, watch) => {
    const close = () => {
      trigger("close");
      const back = opener;
      opened(null);
      if (back && back.isConnected) { back.focus({ preventScroll: true }); scroll(back, "center"); }
    };
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { follow, start, end, openArticle, askThis, correct, remove } = button.dataset;
      if ("close" in button.dataset) close();
      else if (follow) trigger("follow", { article: follow, start: Number(start), end: Number(end) });
      else if (openArticle) trigger("article", { id: openArticle });
      else if (askThis) { trigger("pick", { id: askThis }); setTimeout(() => document.querySelector("#question textarea").focus(), 300); }
      else if (correct) {
        const facts = {};
        button.parentElement.querySelectorAll("[data-fact]").forEach((field) => { facts[field.dataset.fact] = field.value; });
        trigger("correct", { id: correct, facts });
      } else if (remove) trigger("remove", { id: remove });
    });
    element.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    watch("value", () => {
      const article = element.querySelector(".source");
      if (!article) return;
      const mark = article.dataset.focus && article.querySelector(`[id="${article.dataset.focus}"]`);
      const target = mark || article.querySelector("[data-close]");
      /* Two frames: the panel has just been given its width, and the mark its place. */
      requestAnimationFrame(() => requestAnimationFrame(() => {
        if (mark) {
          article.querySelectorAll(`mark[data-n~="${article.dataset.focus.slice(5)}"]`).forEach((node) => node.classList.add("active"));
          scroll(mark, "center");
        } else scroll(article, narrow() ? "start" : "nearest");
        target.focus({ preventScroll: true });
      }));
    });
  };

  const list = (element, trigger) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.article) { opened(button); trigger("article", { id: button.dataset.article }); }
      else if (button.dataset.follow) {
        const { follow, start, end } = button.dataset;
        opened(button);
        trigger("follow", { article: follow, start: Number(start), end: Number(end) });
      } else if (button.dataset.sort) trigger("sort", { column: button.dataset.sort });
    });
    element.addEventListener("change", (event) => {
      const { choose } = event.target.dataset;
      if (choose) trigger("narrow", { what: event.target.checked ? "article" : "-article", value: choose });
    });
  };

  /* Chips and the fields that set them. What had the focus has it again when the chips are drawn again. */
  const chips = (element, trigger, watch) => {
    let held = "";
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-narrow]");
      if (!button) return;
      held = ".narrow-by summary";
      trigger("narrow", { what: button.dataset.narrow, value: button.dataset.value || "" });
    });
    element.addEventListener("change", (event) => {
      const { set } = event.target.dataset;
      if (!set || (set === "outlet" && !event.target.value)) return;
      held = `#${event.target.id}`;
      trigger("narrow", { what: set, value: event.target.value });
    });
    watch("value", () => {
      const node = held && element.querySelector(held);
      held = "";
      if (node) node.focus({ preventScroll: true });
    });
  };

  /* Names that lead to their timeline. */
  const names = (element, trigger) => {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-timeline]");
      if (button) trigger("timeline", { name: button.dataset.timeline });
    });
  };

  /* What could be asked next, below the last answer, if that is still the one it was made for. */
  const next = (element, watch) => {
    watch("value", () => {
      const offer = element.querySelector(".offer");
      const turns = document.querySelectorAll("#chat .exchange");
      const last = turns[turns.length - 1];
      if (offer && last && last.dataset.turn === offer.dataset.turn && !last.querySelector(".stages")) {
        last.querySelector(".next").innerHTML = offer.innerHTML;
      }
    });
  };

  /* What became of an addition or a change: brought to the eye, and read aloud by its own role. */
  const report = (element, watch) => {
    watch("value", () => {
      const told = element.querySelector(".report");
      if (!told) return;
      requestAnimationFrame(() => scroll(told, "nearest"));
      setTimeout(() => { if (told.isConnected) scroll(told, "nearest"); }, 700);  // the list beside it was drawn again meanwhile
    });
  };

  /* Kept conversations. */
  const past = (element, trigger) => {
    const save = (button) => {
      const field = button.parentElement.querySelector("input");
      if (!field.value.trim()) { field.focus(); return; }
      trigger("rename", { conversation: button.dataset.rename, name: field.value });
    };
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { open, rename, forget } = button.dataset;
      if (open) { opened(null); trigger("open", { conversation: open }); }
      else if (rename) save(button);
      else if (forget) {
        if (location.hash === `#c=${forget}`) history.replaceState(null, "", home());
        trigger("forget", { conversation: forget });
      }
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("input")) return;
      event.preventDefault();
      save(event.target.parentElement.querySelector("[data-rename]"));
    });
  };

  /* What the reader chose in this browser; "" in one that keeps nothing. */
  const chosen = (what, now) => {
    try {
      if (now) localStorage.setItem(`sitasi-${what}`, now);
      return localStorage.getItem(`sitasi-${what}`) || "";
    } catch { return now || ""; }
  };

  /* A question that no server took: kept over the reload that brings the next server, then in its box again. */
  const unsent = (question) => {
    try {
      if (question) { sessionStorage.setItem("sitasi-unsent", question); return; }
      const kept = sessionStorage.getItem("sitasi-unsent");
      const box = document.querySelector("#question textarea");
      if (!kept || !box) return;
      sessionStorage.removeItem("sitasi-unsent");
      box.value = kept;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    } catch { /* a browser that keeps nothing */ }
  };

  /* Dark or light as the reader chose it, else as the system has it. */
  const theme = (now) => {
    const kept = chosen("theme", now);
    if (kept) document.body.classList.toggle("dark", kept === "dark");
  };

  /* A question that is none, and a server that is gone: looked for when the page is seen, more often while it is away. */
  const edges = (element) => {
    theme();
    const words = () => element.querySelector(".masthead").dataset;
    const empty = (event) => {
      const box = document.querySelector("#question textarea");
      if (box.value.trim()) return;
      event.preventDefault();
      event.stopPropagation();
      say(words().empty, false);
      box.focus();
    };
    document.addEventListener("click", (event) => { if (event.target.closest("#send")) empty(event); }, true);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("#question textarea")) empty(event);
    }, true);
    document.addEventListener("paste", (event) => {
      const box = event.target;
      if (!box.matches("#question textarea")) return;
      const after = box.value.length - (box.selectionEnd - box.selectionStart) + event.clipboardData.getData("text").length;
      if (after > box.maxLength) say(words().cut, true);
    });
    let gone = false;
    let again = 0;
    const banner = document.createElement("div");
    banner.id = "sitasi-gone";
    banner.setAttribute("role", "alert");
    banner.hidden = true;
    document.body.prepend(banner);
    const look = async () => {
      let alive = false;
      try { alive = (await fetch(`${location.pathname}healthz`, { cache: "no-store", signal: AbortSignal.timeout(8000) })).ok; } catch { alive = false; }
      if (!alive && !gone) {
        gone = true;
        document.body.classList.add("away"); /* Gradio says the same in English */
        banner.textContent = words().gone;
        banner.hidden = false;
      } else if (alive && gone) {
        /* Whatever this page had from a server that was restarted is gone with the old one; what was kept comes back with the page. */
        banner.textContent = words().back;
        location.reload();
        return;
      }
      clearTimeout(again);
      again = setTimeout(seen, gone ? 2000 : 10000);
    };
    const seen = () => { if (document.hidden) document.addEventListener("visibilitychange", seen, { once: true }); else look(); };
    again = setTimeout(seen, 10000);
    window.addEventListener("pagehide", () => { if (gone) unsent(document.querySelector("#question textarea").value); }); /* Gradio reloads too */
    for (const sign of ["offline", "sitasi-unreached"]) window.addEventListener(sign, () => { if (!gone) look(); });
  };

  const masthead = (element, trigger, watch) => {
    let arrived = false;
    element.addEventListener("click", (event) => {
      const other = event.target.closest("[data-language]");
      if (other) { chosen("language", other.lang); trigger("language"); }
      if (event.target.closest("[data-theme]")) theme(document.body.classList.contains("dark") ? "light" : "dark");
    });
    element.addEventListener("change", (event) => {
      if (event.target.matches("[data-index]")) location.href = `${location.pathname}?index=${encodeURIComponent(event.target.value)}`;
    });
    watch("value", () => {
      const first = !document.documentElement.dataset.ready;
      document.documentElement.dataset.ready = "yes"; /* the server's first word has come: every listener is in place */
      const other = element.querySelector("[data-language]");
      if (other) document.documentElement.lang = other.lang === "en" ? "id" : "en";
      dropzone(element.querySelector("[data-drop]"));
      if (first) {
        links(element); keys(element); edges(element); unsent();
        if (other && chosen("language") === other.lang) { trigger("language"); return; } /* in that language first, then what a link asks */
      }
      if (!arrived) { arrived = true; arrive(); }
    });
  };

  /* Keys for those who read with both hands on the keyboard; none of them while something is typed. */
  const keys = (element) => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility());
    const step = (by) => {
      const chips = shown("#chat .chip");
      if (!chips.length) return;
      const now = chips.findIndex((chip) => chip.getAttribute("aria-current") === "true");
      const next = now < 0 ? (by > 0 ? 0 : chips.length - 1) : Math.min(chips.length - 1, Math.max(0, now + by));
      if (next !== now) chips[next].click();
    };
    const help = () => {
      let box = document.getElementById("sitasi-keys");
      if (!box) {
        box = document.createElement("dialog");
        box.id = "sitasi-keys";
        box.addEventListener("click", (event) => { if (event.target === box || event.target.closest("button")) box.close(); });
        document.body.append(box);
      }
      if (box.open) { box.close(); return; }
      box.innerHTML = element.querySelector("template").innerHTML;
      box.showModal();
    };
    document.addEventListener("click", (event) => { if (event.target.closest("[data-keys]")) help(); });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) {
        if (event.key === "Escape") event.target.blur();
        return;
      }
      if (event.key === "Escape") {
        const close = shown(".source [data-close]")[0];
        if (close && !document.querySelector("dialog[open]") && !event.target.closest(".source")) close.click();
      } else if (document.querySelector("dialog[open]") && event.key !== "?") return;
      else if (event.key === "/") {
        const box = shown("#question textarea, .needle textarea, .needle input")[0];
        if (box) { event.preventDefault(); box.focus(); }
      } else if (event.key === "j") step(1);
      else if (event.key === "k") step(-1);
      else if (event.key === "?") { event.preventDefault(); help(); }
    });
  };

  /* Links to questions and to spans, wherever their buttons stand. */
  const links = (element) => {
    window.addEventListener("hashchange", arrive);
    document.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-link]");
      if (!button) return;
      const good = await copy(`${location.origin}${home()}#${button.dataset.link}`);
      const { linked, unlinked } = element.querySelector("[data-linked]").dataset;
      say(good ? linked : unlinked, !good);
    });
  };

  /* The drop zone in the page's language: Gradio gives its words in the browser's and its labels in English, again after each file. */
  let renamed = null;
  const dropzone = (words) => {
    if (!words) return;
    const says = words.dataset.drop;
    document.documentElement.style.setProperty("--drop-here", JSON.stringify(says));
    const name = () => document.querySelectorAll("#drop [aria-dropeffect], #drop input[type=file]").forEach((node) => {
      if (node.getAttribute("aria-label") !== says) node.setAttribute("aria-label", says);
    });
    if (renamed) renamed.disconnect();
    renamed = new MutationObserver(name);
    renamed.observe(document.getElementById("tabs"), { childList: true, subtree: true });
    name();
  };

  return { chat, source, list, masthead, parcel, past, chips, report, names, next };
})();
