// One plain page: clock, box score, released cards and the audit head, live
// over the stream. It keeps one object per topic, replaces what a delta names,
// and resumes where it was after a lost connection.
"use strict";

const BOX_ROWS = [
  ["kd", "Knockdowns"],
  ["sig_landed", "Significant strikes", "sig_att"],
  ["total_landed", "Total strikes", "total_att"],
  ["head_landed", "Head", "head_att"],
  ["body_landed", "Body", "body_att"],
  ["leg_landed", "Leg", "leg_att"],
  ["td_landed", "Takedowns", "td_att"],
  ["sub_att", "Submission attempts"],
  ["rev", "Reversals"],
  ["ctrl_ms", "Control"],
];

const topics = new Map();
let socket = null;
let chosen = new URLSearchParams(location.search).get("bout");
let follow = !chosen;
let retryMs = 250;
let clockOffsetUs = null;

const $ = (id) => document.getElementById(id);

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

// -- the stream ---------------------------------------------------------------

function connect() {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  socket = new WebSocket(
    `${scheme}//${location.host}/api/v1/stream`, "ringside.v1");
  socket.onopen = () => {
    retryMs = 250;
    // A node that started again counts its time from another zero.
    clockOffsetUs = null;
    showLink(true);
    for (const topic of ["bouts", "audit/head"]) subscribe(topic);
    if (chosen) subscribe(boardOf(chosen));
    exchangeClock();
  };
  socket.onmessage = (message) => receive(JSON.parse(message.data));
  socket.onclose = () => {
    showLink(false);
    setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, 5000);
  };
}

function send(frame) {
  if (socket && socket.readyState === WebSocket.OPEN)
    socket.send(JSON.stringify(frame));
}

function subscribe(topic) {
  const known = topics.get(topic);
  const frame = { op: "subscribe", topic };
  if (known) frame.after = known.seq;
  send(frame);
}

function receive(frame) {
  switch (frame.op) {
    case "snapshot":
      topics.set(frame.topic, { seq: frame.seq, state: frame.state });
      break;
    case "delta": {
      const known = topics.get(frame.topic);
      if (!known || frame.seq <= known.seq) return;
      if (frame.seq !== known.seq + 1) {
        // A gap cannot be filled in: start over with a snapshot.
        topics.delete(frame.topic);
        subscribe(frame.topic);
        return;
      }
      known.seq = frame.seq;
      Object.assign(known.state, frame.changes);
      break;
    }
    case "reset":
      topics.delete(frame.topic);
      return;
    case "refused":
      if (frame.topic) topics.delete(frame.topic);
      return;
    case "ts": {
      const now = Math.round(performance.now() * 1000);
      const rtt = now - frame.c0 - (frame.s2 - frame.s1);
      if (clockOffsetUs === null || rtt < clockOffsetUs.rtt)
        clockOffsetUs = { rtt, offset: (frame.s1 - frame.c0 + frame.s2 - now) / 2 };
      return;
    }
    default:
      return;
  }
  render(frame.topic);
}

function exchangeClock() {
  let n = 0;
  // An old estimate has drifted: a slightly slower exchange may replace it.
  if (clockOffsetUs) clockOffsetUs.rtt = clockOffsetUs.rtt * 1.5 + 200;
  const burst = setInterval(() => {
    send({ op: "ts", n: n++, c0: Math.round(performance.now() * 1000) });
    if (n >= 8) clearInterval(burst);
  }, 100);
}

function boardOf(bout) {
  return `bout/${bout}/board`;
}

// -- the page -----------------------------------------------------------------

function showLink(on) {
  const link = $("link");
  link.textContent = on ? "live" : "no connection, trying again";
  link.className = on ? "link on" : "link off";
}

function render(topic) {
  if (topic === "bouts") renderBouts();
  else if (topic === "audit/head") renderAudit();
  else if (chosen && topic === boardOf(chosen)) renderBout();
}

function renderAudit() {
  const head = topics.get("audit/head").state;
  $("audit").textContent = head.note || "no checkpoint yet";
}

function renderBouts() {
  const bouts = Object.values(topics.get("bouts").state)
    .filter((bout) => bout && bout.bout_id)
    .sort((a, b) => b.created_us - a.created_us);
  const nav = $("bouts");
  nav.replaceChildren();
  for (const bout of bouts.slice(0, 12)) {
    const button = make("button", `${bout.red.name} – ${bout.blue.name}`);
    button.setAttribute("aria-pressed", String(bout.bout_id === chosen));
    button.onclick = () => { follow = false; choose(bout.bout_id); };
    nav.append(button);
  }
  $("empty").hidden = bouts.length > 0;
  // Follow the newest bout until somebody picks one.
  if (follow && bouts.length > 0 && bouts[0].bout_id !== chosen)
    choose(bouts[0].bout_id);
}

function choose(bout) {
  if (chosen && chosen !== bout) {
    send({ op: "unsubscribe", topic: boardOf(chosen) });
    topics.delete(boardOf(chosen));
  }
  chosen = bout;
  subscribe(boardOf(bout));
  renderBouts();
}

function renderBout() {
  const bout = topics.get(boardOf(chosen)).state;
  $("bout").hidden = false;
  const parts = [bout.event, bout.weight_class, bout.ruleset && bout.ruleset.title];
  $("title").textContent = parts.filter(Boolean).join(" · ");
  $("red").textContent = bout.red.name;
  $("blue").textContent = bout.blue.name;
  renderBox(bout);
  renderCards(bout);
  renderResult(bout);
  renderClock();
}

function roundsOf(bout) {
  return Object.keys(bout)
    .filter((key) => /^round_\d+$/.test(key))
    .map((key) => bout[key]);
}

// Control that still runs is not in `ctrl_ms` yet.
function controlMs(bout, corner) {
  const running = roundsOf(bout).map((round) => round.control && round.control.open)
    .find((open) => open && open.corner === corner);
  const done = roundsOf(bout)
    .reduce((total, round) => total + ((round[corner] || {}).ctrl_ms || 0), 0);
  return done + (running ? Math.max(0, ranMs(bout.clock) - running.since_ms) : 0);
}

function renderBox(bout) {
  const rounds = roundsOf(bout);
  const sum = (corner, key) =>
    rounds.reduce((total, round) => total + ((round[corner] || {})[key] || 0), 0);
  const body = $("box").tBodies[0];
  body.replaceChildren();
  for (const [key, label, outOf] of BOX_ROWS) {
    const cell = (corner) => {
      const value = sum(corner, key);
      if (key === "ctrl_ms") return minutes(controlMs(bout, corner));
      return outOf ? `${value} of ${sum(corner, outOf)}` : String(value);
    };
    const row = make("tr");
    const red = make("td", cell("red"));
    const blue = make("td", cell("blue"));
    if (key === "ctrl_ms") {
      red.id = "ctrl_red";
      blue.id = "ctrl_blue";
    }
    row.append(red, make("td", label), blue);
    body.append(row);
  }
}

function renderCards(bout) {
  const box = $("cards");
  box.replaceChildren();
  const cards = bout.cards || {};
  const rounds = Object.keys(cards).filter((key) => /^round_\d+$/.test(key));
  const filed = rounds.filter((key) => cards[key].length > 0);
  if (filed.length === 0) {
    box.append(make("p", "Hidden until they are released."));
    return;
  }
  const table = make("table");
  const names = make("tr");
  names.append(make("th", ""));
  for (const seat of bout.seats || []) names.append(make("th", seat.name));
  table.append(names);
  for (const key of filed) {
    const row = make("tr");
    row.append(make("th", `Round ${key.slice(6)}`));
    for (const card of cards[key])
      row.append(make("td", `${points(card.red_x10)} – ${points(card.blue_x10)}`));
    table.append(row);
  }
  const totals = cards.totals || [];
  if (totals.length > 0) {
    const row = make("tr");
    row.append(make("th", "Total"));
    for (const card of totals)
      row.append(make("td", `${points(card.red_x10)} – ${points(card.blue_x10)}`));
    table.append(row);
  }
  box.append(table);
}

function renderResult(bout) {
  const result = bout.result;
  const shown = result && result.kind;
  $("result").hidden = !shown;
  if (!shown) return;
  const how = result.kind.replaceAll("_", " ");
  const name = result.winner ? `${bout[result.winner].name} wins` : "No winner";
  $("result").textContent = `${name}: ${how}`;
}

function points(tenths) {
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
}

function minutes(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function ranMs(clock) {
  let ran = clock.at_mark_ms || 0;
  if (clock.running && clockOffsetUs) {
    const nowUs = performance.now() * 1000 + clockOffsetUs.offset;
    ran += Math.max(0, (nowUs - clock.mark_us) / 1000);
  }
  return Math.min(ran, clock.length_ms || 0);
}

// The clock is drawn from the last mark and the server's time; no polling.
function renderClock() {
  const known = chosen && topics.get(boardOf(chosen));
  if (!known || !known.state.clock) return;
  const { phase, clock, scheduled_rounds: of } = known.state;
  const left = Math.max(0, (clock.length_ms || 0) - ranMs(clock));
  for (const corner of ["red", "blue"]) {
    const cell = $(`ctrl_${corner}`);
    if (cell) cell.textContent = minutes(controlMs(known.state, corner));
  }
  $("clock").textContent = minutes(left + 999);
  $("round").textContent = clock.round ? `Round ${clock.round} of ${of}` : "";
  const words = typeof phase === "string" ? phase : (phase && phase.name) || "";
  $("running").textContent = clock.running ? "running" : words.replaceAll("_", " ");
}

setInterval(renderClock, 100);
setInterval(exchangeClock, 30000);
connect();
